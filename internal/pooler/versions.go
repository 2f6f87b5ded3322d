package pooler

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// version is a release of a product, {1, 18}; nil for a product whose releases
// are not told apart.
type version []int

// since reports whether v is a release or one after it.
func (v version) since(release ...int) bool { return slices.Compare(v, release) >= 0 }

func (v version) String() string {
	var parts []string
	for _, n := range v {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, ".")
}

// parseVersion reads a version in two or three numbers.
func parseVersion(s string) (version, bool) {
	parts := strings.Split(s, ".")
	if len(parts) < 2 || len(parts) > 3 {
		return nil, false
	}
	var v version
	for _, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return nil, false
		}
		v = append(v, int(n))
	}
	return v, true
}

// product is a pooler with its releases that differ, oldest first. What comes
// between two is as the first of them: patches of PgBouncer changed no verdict.
type product struct {
	name     string
	releases []version // none where releases are not told apart
	make     func(v version) *Pooler
}

// newest is the profile of the newest release.
func (p product) newest() *Pooler {
	if len(p.releases) == 0 {
		return p.of(nil)
	}
	return p.of(p.releases[len(p.releases)-1])
}

func (p product) of(v version) *Pooler {
	profile := p.make(v)
	profile.Name, profile.Version = p.name, v.String()
	return profile
}

// release is the one that a version is judged as.
func (p product) release(spec string) (version, error) {
	if len(p.releases) == 0 {
		return nil, fmt.Errorf("pooler %s has no versions, got %q", p.name, p.name+"@"+spec)
	}
	oldest, newest := p.releases[0], p.releases[len(p.releases)-1]
	v, ok := parseVersion(spec)
	if !ok || !v.since(oldest...) || newest[:2].before(v[:2]) {
		var meant string
		if number, ok := strings.CutPrefix(spec, "v"); ok {
			if _, err := p.release(number); err == nil {
				meant = " (did you mean " + number + "?)"
			}
		}
		return nil, fmt.Errorf("version %q of %s is not known%s; known are %s", spec, p.name, meant, p.known())
	}
	for _, r := range slices.Backward(p.releases) {
		if v.since(r...) {
			return r, nil
		}
	}
	panic("pooler: the oldest release is none")
}

func (v version) before(o version) bool { return slices.Compare(v, o) < 0 }

// known says which versions there are: "1.18 to 1.26".
func (p product) known() string {
	oldest, newest := p.releases[0], p.releases[len(p.releases)-1]
	if len(p.releases) == 1 {
		return oldest.String()
	}
	if len(newest) > 2 { // told apart within a minor version, and what follows is as the last
		return fmt.Sprintf("%s and later ones of %s, with a change in %s", oldest, newest[:2], newest)
	}
	return fmt.Sprintf("%s to %s", oldest, newest)
}

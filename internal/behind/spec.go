// Package behind says which pooler a place in the code is behind: by the flags,
// by the directives, and by the pool that the code runs on, wherever that was
// made.
package behind

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/pooler"
)

// Direct is the pooler of what bypasses all of them.
const Direct = "none"

// Spec is what the flags say: a pooler for all code, and others for some.
type Spec struct {
	Default string
	rules   []rule
}

// rule is one PATTERN=POOLER.
type rule struct {
	pattern      string // of packages, "" for none
	onHost       bool
	host, port   string // of connection strings, "" for any
	pooler, text string
}

// Parse reads -pooler: poolers with commas between them, one for all code and
// PATTERN=POOLER for some, as in
//
//	rdsproxy,example.com/app/analytics/...=pgbouncer@1.21,host:db-direct.internal=none
//
// and the patterns of -direct. A pattern is one of packages as the go command
// has them, host:NAME, host:NAME:PORT or port:PORT. Its error names the flag.
func Parse(poolers string, direct []string) (*Spec, error) {
	s := new(Spec)
	for part := range strings.SplitSeq(poolers, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		pattern, name, some := strings.Cut(part, "=")
		if !some {
			pattern, name = "", part
		}
		if _, err := pooler.Lookup(name); err != nil {
			return nil, fmt.Errorf("pooler: %w", err)
		}
		switch {
		case some:
			r, err := parseRule(pattern)
			if err != nil {
				return nil, fmt.Errorf("pooler: %w", err)
			}
			r.pooler, r.text = name, "pooler="+part
			s.rules = append(s.rules, r)
		case s.Default != "" && s.Default != name:
			return nil, fmt.Errorf("pooler: %s and %s are both for all code: write which code is behind the second, as in ./analytics/...=%s", s.Default, name, name)
		default:
			s.Default = name
		}
	}
	if s.Default == "" {
		s.Default = pooler.Default
	}
	for _, pattern := range direct {
		r, err := parseRule(pattern)
		if err != nil {
			return nil, fmt.Errorf("direct: %w", err)
		}
		r.pooler, r.text = Direct, "direct="+pattern
		s.rules = append(s.rules, r)
	}
	return s, nil
}

func parseRule(pattern string) (r rule, err error) {
	pattern = strings.TrimSpace(pattern)
	kind, rest, _ := strings.Cut(pattern, ":")
	switch {
	case kind == "port" && isPort(rest):
		return rule{onHost: true, port: rest}, nil
	case kind == "host" && rest != "":
		r = rule{onHost: true, host: strings.ToLower(rest)}
		if i := strings.LastIndexByte(rest, ':'); i > 0 && isPort(rest[i+1:]) && !strings.Contains(rest[:i], ":") {
			r.host, r.port = strings.ToLower(rest[:i]), rest[i+1:]
		}
		_, err = path.Match(r.host, "")
	case strings.Contains(pattern, ":"):
		return r, fmt.Errorf("%q is no pattern: there are package patterns, host:NAME, host:NAME:PORT and port:PORT", pattern)
	default:
		r.pattern = pattern
		_, err = path.Match(pattern, "")
	}
	if err != nil || pattern == "" {
		return r, fmt.Errorf("%q is no package pattern", pattern)
	}
	return r, nil
}

func isPort(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// WithPatterns is -pooler with each package pattern in it changed.
func WithPatterns(poolers string, change func(pattern string) string) string {
	parts := strings.Split(poolers, ",")
	for i, part := range parts {
		if pattern, name, some := strings.Cut(part, "="); some {
			parts[i] = change(strings.TrimSpace(pattern)) + "=" + name
		}
	}
	return strings.Join(parts, ",")
}

// Poolers are the names that s has, the one for all code first.
func (s *Spec) Poolers() []string {
	names := []string{s.Default}
	for _, r := range s.rules {
		if !slices.Contains(names, r.pooler) {
			names = append(names, r.pooler)
		}
	}
	return names
}

// String is what -pooler said, with the version that the first pooler has.
func (s *Spec) String() string {
	parts := []string{s.Default}
	if p, err := pooler.Lookup(s.Default); err == nil {
		parts[0] = p.String()
	}
	return strings.Join(append(parts, s.ForSome()...), ",")
}

// ForSome are the poolers for some code, as -pooler takes them.
func (s *Spec) ForSome() (all []string) {
	for _, r := range s.rules {
		if rest, ok := strings.CutPrefix(r.text, "pooler="); ok {
			all = append(all, rest)
		}
	}
	return all
}

// OnEach are values for -pooler that put each pooler in the place of that of all
// code.
func (s *Spec) OnEach(poolers []string) (all []string) {
	for _, p := range poolers {
		all = append(all, strings.Join(append([]string{p}, s.ForSome()...), ","))
	}
	return all
}

// Rules are those for some code, as flags.
func (s *Spec) Rules() (all []string) {
	for _, r := range s.rules {
		all = append(all, r.text)
	}
	return all
}

// Matching says of each of the Rules whether it is for one of these packages,
// each given with the path of its module, or for one of these servers.
func (s *Spec) Matching(modules map[string]string, servers []dsn.Server) []bool {
	matching := make([]bool, len(s.rules))
	for i, r := range s.rules {
		for pkg, module := range modules {
			matching[i] = matching[i] || !r.onHost && matches(r.pattern, pkg, module)
		}
		matching[i] = matching[i] || slices.ContainsFunc(servers, r.isFor)
	}
	return matching
}

// isFor reports whether a rule is for a server.
func (r rule) isFor(at dsn.Server) bool {
	hosts, _ := path.Match(r.host, at.Host)
	return r.onHost && (r.host == "" || hosts) && (r.port == "" || r.port == at.Port)
}

// Package is the pooler of a package, "" where only the one for all code is.
// Of several rules the last counts.
func (s *Spec) Package(pkg, module string) (name string) {
	for _, r := range s.rules {
		if !r.onHost && matches(r.pattern, pkg, module) {
			name = r.pooler
		}
	}
	return name
}

// Folder is the pooler of a file by the patterns of folders, from where the
// command runs: "" where only the one for all code is.
func (s *Spec) Folder(file string) string {
	return s.Package("./"+path.Dir(path.Clean(filepath.ToSlash(file))), ".")
}

// server is the pooler of a server, "" where no rule is for it.
func (s *Spec) server(at dsn.Server) (name string) {
	for _, r := range s.rules {
		if r.isFor(at) {
			name = r.pooler
		}
	}
	return name
}

// onHosts reports whether a rule is for hosts.
func (s *Spec) onHosts() bool {
	return slices.ContainsFunc(s.rules, func(r rule) bool { return r.onHost })
}

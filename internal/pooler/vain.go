package pooler

import (
	"fmt"
	"slices"
	"strings"
)

// InVain says which settings change nothing behind p, and why.
func (p *Pooler) InVain(s Settings) (why []string) {
	if s.PreparedStatements != nil && p.keeps.Outcome == "" {
		why = append(why, "prepared-statements: the pooler has no such setting")
	}
	if len(s.TrackedParams) > 0 && !p.canTrack() {
		return append(why, "tracked-params: the pooler has no such setting")
	}
	for _, name := range s.TrackedParams {
		switch name = canonical(strings.ToLower(strings.TrimSpace(name))); {
		case name == "search_path":
			why = append(why, "tracked-params: PostgreSQL reports search_path from version 18 on: before that no pooler can track it, and it leaks all the same")
		case !slices.Contains(reported, name):
			why = append(why, fmt.Sprintf("tracked-params: PostgreSQL does not report %s: no pooler can track what SET makes of it, and it leaks all the same", name))
		}
	}
	return why
}

// canTrack reports whether parameters can be added to those that p tracks:
// PgBouncer's track_extra_parameters, which came with 1.20.
func (p *Pooler) canTrack() bool { return !p.fixed && p.unreported.Outcome != "" }

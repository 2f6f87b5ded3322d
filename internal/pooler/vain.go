package pooler

import (
	"fmt"
	"maps"
	"slices"
)

// InVain says which settings change nothing behind p, and why.
func (p *Pooler) InVain(s Settings) (why []string) {
	for _, name := range slices.Sorted(maps.Keys(s.Switches)) {
		if _, ok := p.switches[name]; !ok {
			why = append(why, string(name)+": the pooler has no such setting")
		}
	}
	if len(s.IgnoredParams) > 0 && p.ignored.Outcome == "" {
		why = append(why, "ignored-params: the pooler has no such setting")
	}
	if len(s.TrackedParams) > 0 && !p.tracks {
		return append(why, "tracked-params: the pooler has no such setting")
	}
	for _, name := range s.TrackedParams {
		name = plain(name)
		since, ok := reportedSince[name]
		switch {
		case !ok:
			why = append(why, fmt.Sprintf("tracked-params: PostgreSQL does not report %s: no pooler can track what SET makes of it, and it leaks all the same", name))
		case since > max(oldestPostgres, s.Postgres):
			why = append(why, fmt.Sprintf("tracked-params: PostgreSQL reports %s from version %d on: before that no pooler can track it, and it leaks all the same", name, since))
		}
	}
	return why
}

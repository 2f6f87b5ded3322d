package pooler

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Change is one thing that the owner of a pooler can set otherwise.
type Change struct {
	Words    string   // as the product has it: "max_prepared_statements=200"
	Flag     string   // as poolvet is told of it: "-prepared-statements=on"
	Settings Settings // what holds then
}

// Changes are the settings that p's product has against what is found behind
// it, each by itself on top of s. Whether one makes a difference to some code is
// seen by judging that again.
//
// Not included: combinations, and what makes one outcome of another, such as
// ignore_startup_parameters of what is refused: it is lost then.
func (p *Pooler) Changes(s Settings) []Change {
	var all []Change
	for _, name := range slices.Sorted(maps.Keys(p.switches)) {
		if words := p.switches[name].setting; words != "" && !p.has(p.switches[name].on) {
			c := Change{Words: words, Flag: fmt.Sprintf("-%s=on", name), Settings: s}
			c.Settings.Switches = maps.Clone(s.Switches)
			if c.Settings.Switches == nil {
				c.Settings.Switches = map[Switch]bool{}
			}
			c.Settings.Switches[name] = true
			all = append(all, c)
		}
	}
	if p.tracks {
		all = append(all, p.tracking(s)...)
	}
	if p.ignored.Outcome != "" {
		for _, name := range slices.Sorted(maps.Keys(lostForNothing)) {
			if p.startupVerdict(name).Outcome != OK && !slices.Contains(s.IgnoredParams, name) {
				c := Change{Words: "ignore_startup_parameters=" + name, Flag: "-ignored-params=" + name, Settings: s}
				c.Settings.IgnoredParams = append(slices.Clip(s.IgnoredParams), name)
				all = append(all, c)
			}
		}
	}
	if s.Postgres == 0 && p.awaits() {
		c := Change{Words: fmt.Sprintf("PostgreSQL %d", newestPostgres), Flag: fmt.Sprintf("-postgres=%d", newestPostgres), Settings: s}
		c.Settings.Postgres = newestPostgres
		all = append(all, c)
	}
	return all
}

// has reports whether cells say what p's own do already.
func (p *Pooler) has(on cells) bool {
	for kind, v := range on {
		if p.cells[kind].Outcome != v.Outcome {
			return false
		}
	}
	return true
}

// tracking are the parameters that p can be told to track: those that
// PostgreSQL reports. What it tracks unless told otherwise is told as well.
func (p *Pooler) tracking(s Settings) (all []Change) {
	for _, name := range slices.Sorted(maps.Keys(reportedSince)) {
		if p.set[name].Outcome == OK || slices.Contains(s.TrackedParams, name) || !s.reports(name) {
			continue
		}
		c := Change{Settings: s}
		c.Settings.TrackedParams = append(slices.Clip(s.TrackedParams), name)
		if len(s.TrackedParams) == 0 {
			c.Settings.TrackedParams = append(slices.Clone(p.replaced), name)
		}
		names := strings.Join(c.Settings.TrackedParams, ",")
		c.Words, c.Flag = "track_extra_parameters="+names, "-tracked-params="+names
		all = append(all, c)
	}
	return all
}

// reports reports whether PostgreSQL is known to tell its clients a
// parameter's value.
func (s Settings) reports(name string) bool {
	return reportedSince[name] <= max(oldestPostgres, s.Postgres)
}

// awaits reports whether some verdict hangs on PostgreSQL's version.
func (p *Pooler) awaits() bool {
	hangs := func(v Verdict) bool { return v.from > 0 && v.Outcome == OK }
	for _, table := range []params{p.set, p.startup} {
		for _, v := range table {
			if hangs(v) {
				return true
			}
		}
	}
	return false
}

// Package schema knows what files of SQL define that runs code in the database
// (functions and procedures, and the triggers, rules, views and column defaults
// that call them), and what a statement leaves in the session by that: what the
// body of a routine does, and what those do that it calls.
//
// Not included:
//   - row-level security policies, CHECK constraints, operators, casts and
//     aggregates that call a routine;
//   - triggers of the partitions of a table that a statement names, and of what a
//     foreign key changes;
//   - event triggers of a login and of a rewritten table;
//   - MERGE in a body;
//   - a condition: what stands behind an IF or a WHEN may run. But the function
//     of a trigger that asks for TG_OP is not followed.
package schema

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
)

// Schema is what some texts leave defined.
type Schema struct {
	byName  map[string][]*entry // event triggers by no name
	sources []Source
	given   []Definition // by other packages
}

type entry struct {
	Definition
	folders  []string // that define it alike
	doubtful bool     // another folder defines it otherwise
}

// New is what sources leave defined that run in this order: a later definition
// stands over an earlier one. Triggers and their like are read where there is a
// routine that leaves something.
func New(sources []Source) *Schema { return new(Schema).With(nil, sources) }

// With is s with further definitions, and with what further sources define.
func (s *Schema) With(given []Definition, sources []Source) *Schema {
	if len(given)+len(sources) == 0 {
		return s
	}
	more := &Schema{byName: maps.Clone(s.byName), sources: append(slices.Clip(s.sources), sources...), given: append(slices.Clip(s.given), given...)}
	if more.byName == nil {
		more.byName = map[string][]*entry{}
	}
	for _, d := range given {
		more.define(d)
	}
	for _, source := range sources {
		for _, d := range defined(source, definesRoutine) {
			if d.Kind == Routine {
				more.define(d)
			}
		}
	}
	more.findHooks()
	return more
}

// maxRounds bounds how often hooks are looked for: a view of a view is found in
// the first round, a trigger by whose change another is set off in the second.
const maxRounds = 3

// findHooks reads what calls the routines that leave something without being
// named by a statement.
func (s *Schema) findHooks() {
	names := map[string]bool{}
	for name, all := range s.byName {
		if slices.ContainsFunc(all, func(e *entry) bool { return s.leaves(e) }) {
			names[name] = true
		}
	}
	for range maxRounds {
		before := len(names)
		if before == 0 {
			return
		}
		for name, all := range s.byName {
			s.byName[name] = slices.DeleteFunc(slices.Clone(all), func(e *entry) bool { return e.Kind != Routine })
		}
		for _, d := range s.given {
			if d.Kind != Routine {
				s.define(d)
			}
		}
		for _, source := range s.sources {
			for _, d := range defined(source, func(sql string) bool { return mayHook(sql) && mentions(sql, names) }) {
				if d.Kind != Routine {
					s.define(d)
					names[strings.ToLower(cmp.Or(d.Name, d.Of))] = true
				}
			}
		}
		for name, all := range s.byName {
			if !names[name] && slices.ContainsFunc(all, func(e *entry) bool { return s.leaves(e) }) {
				names[name] = true
			}
		}
		if len(names) == before {
			return
		}
	}
}

// leaves reports whether e leaves something in the session, however it is called.
func (s *Schema) leaves(e *entry) bool {
	w := walk{Schema: s, seen: map[string]bool{}}
	w.entry(e, nil, nil)
	return len(w.hits) > 0
}

// mayHook reports, cheaply, whether a statement may be one that hooks reads.
func mayHook(sql string) bool {
	lower := strings.ToLower(sql)
	return strings.Contains(lower, "trigger") || strings.Contains(lower, "view") || strings.Contains(lower, "rule") ||
		strings.Contains(lower, "table") || strings.Contains(lower, "rename") || strings.Contains(lower, "set schema")
}

// mentions reports whether a text has one of the names, given in small letters,
// as a word.
func mentions(text string, names map[string]bool) bool {
	for word := range strings.FieldsFuncSeq(text, notInName) {
		if names[word] || names[strings.ToLower(word)] {
			return true
		}
	}
	return false
}

func notInName(r rune) bool {
	return r != '_' && (r < '0' || '9' < r && r < 'A' || 'Z' < r && r < 'a' || 'z' < r && r < 0x80)
}

// define puts d over an earlier definition. One in another folder is for another
// database, perhaps: where the two do not do alike, neither is believed.
func (s *Schema) define(d Definition) {
	e := &entry{Definition: d, folders: []string{path.Dir(cmp.Or(d.Path, d.File))}}
	all := slices.Clone(s.byName[d.Name])
	s.byName[d.Name] = slices.DeleteFunc(all, func(old *entry) bool {
		same := old.Kind == d.Kind && (old.Schema == d.Schema || old.Schema == "" || d.Schema == "")
		over := same && (d.Dropped && (d.Of == "" || d.Of == old.Of) ||
			old.Schema == d.Schema && old.Of == d.Of && old.Least == d.Least && old.Most == d.Most)
		if over && !d.Dropped && !slices.Contains(old.folders, e.folders[0]) {
			e.doubtful = old.doubtful || (len(old.Effects) > 0) != (len(d.Effects) > 0)
			e.folders = append(e.folders, old.folders...)
		} else if over {
			e.folders = old.folders
		}
		return over
	})
	if !d.Dropped {
		s.byName[d.Name] = append(s.byName[d.Name], e)
	}
}

// Names reports whether a text has the name of something as a word, or may be a
// command that an event trigger is for.
func (s *Schema) Names(text string) bool {
	if len(s.byName) == 0 {
		return false
	}
	if len(s.byName[""]) > 0 {
		lower := strings.ToLower(text)
		if strings.Contains(lower, "create") || strings.Contains(lower, "alter") || strings.Contains(lower, "drop") {
			return true
		}
	}
	for word := range strings.FieldsFuncSeq(text, notInName) {
		if len(s.byName[word]) > 0 || len(s.byName[strings.ToLower(word)]) > 0 {
			return true
		}
	}
	return false
}

// Definitions are those that can matter to others: of every name that has one
// that leaves something, or leads there.
func (s *Schema) Definitions() (all []Definition) {
	for _, name := range slices.Sorted(maps.Keys(s.byName)) {
		if slices.ContainsFunc(s.byName[name], func(e *entry) bool { return s.leaves(e) }) {
			for _, e := range s.byName[name] {
				all = append(all, e.Definition)
			}
		}
	}
	return all
}

// setOff are what a call sets off: the routine, or the triggers and their like, nil where it is
// not known which: of that name in several schemas, or with several lists of
// parameters.
func (s *Schema) setOff(call Call) (found []*entry) {
	name := call.Name
	if call.How == Defines {
		name = ""
	}
	all := slices.DeleteFunc(slices.Clone(s.byName[name]), func(e *entry) bool {
		return (call.How == Calls) != (e.Kind == Routine) || call.Schema != "" && e.Schema != "" && call.Schema != e.Schema
	})
	for _, e := range all {
		if e.doubtful || e.Schema != all[0].Schema || call.How != Calls && s.elsewhere(e) {
			return nil
		}
	}
	for _, e := range all {
		switch {
		case call.How != Calls:
			if slices.Contains(e.On, call.How) && e.concerns(call) {
				found = append(found, e)
			}
		case e.Least <= call.Count && (e.Most < 0 || call.Count <= e.Most):
			found = append(found, e)
		}
	}
	if call.How == Calls && len(found) != 1 {
		return nil
	}
	return found
}

// elsewhere reports whether a folder that does not define e has a table of that
// name: its own, perhaps.
func (s *Schema) elsewhere(e *entry) bool {
	return slices.ContainsFunc(s.byName[e.Name], func(t *entry) bool {
		return t.Kind == Table && slices.ContainsFunc(t.folders, func(f string) bool { return !slices.Contains(e.folders, f) })
	})
}

// concerns reports whether a change is one of those that set e off.
func (d *Definition) concerns(call Call) bool {
	switch d.Kind {
	case Default:
		return call.Columns != nil && !slices.Contains(call.Columns, d.Of)
	case Trigger:
		return len(d.Only) == 0 || call.How != Updates || slices.ContainsFunc(call.Columns, func(c string) bool { return slices.Contains(d.Only, c) })
	case EventTrigger:
		verb, _, _ := strings.Cut(call.Name, " ")
		return len(d.Only) == 0 || slices.Contains(d.Only, call.Name) || slices.Contains(d.Only, verb)
	}
	return true
}

// compare is the order in which a migration tool runs files: folder by folder,
// and by the numbers in their names.
func compare(a, b string) int {
	for a != "" && b != "" {
		na, ra := digits(a)
		nb, rb := digits(b)
		if na != "" && nb != "" {
			na, nb = strings.TrimLeft(na, "0"), strings.TrimLeft(nb, "0")
			if c := cmp.Or(cmp.Compare(len(na), len(nb)), cmp.Compare(na, nb)); c != 0 {
				return c
			}
			a, b = ra, rb
			continue
		}
		if c := cmp.Compare(a[0], b[0]); c != 0 {
			return c
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits are those that s begins with, and the rest.
func digits(s string) (number, rest string) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

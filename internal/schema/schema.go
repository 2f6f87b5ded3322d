// Package schema knows the functions and procedures that files of SQL define,
// and what a call of one leaves in the session: what its body does, and what
// the routines do that it calls.
//
// Not included:
//   - triggers, rules, views and column defaults that call a routine: the
//     statement that sets them off does not name it;
//   - a parameter of a routine that decides whether set_config is for the
//     transaction alone, and EXECUTE of a text that calls a routine.
package schema

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
)

// Source is a text of SQL, the name of the file that it is from, and how many
// lines stand before it there.
type Source struct {
	Name, Text string
	Before     int
}

// Schema are the routines that some texts leave defined.
type Schema struct{ byName map[string][]*routine }

type routine struct {
	definition
	source   Source
	doubtful bool // another folder defines it otherwise
}

// New are the routines of sources in the order in which they run: a later
// definition stands over an earlier one.
func New(sources []Source) *Schema { return new(Schema).With(sources) }

// With is s with what further sources define.
func (s *Schema) With(sources []Source) *Schema {
	if len(sources) == 0 {
		return s
	}
	s = &Schema{byName: maps.Clone(s.byName)}
	if s.byName == nil {
		s.byName = map[string][]*routine{}
	}
	for _, source := range sources {
		for _, r := range definitions(source.Text) {
			s.define(&routine{definition: r, source: source})
		}
	}
	return s
}

// define puts r over an earlier definition. One in another folder is for another
// database, perhaps: where the two do not do alike, neither is believed.
func (s *Schema) define(r *routine) {
	all := slices.Clone(s.byName[r.name])
	s.byName[r.name] = slices.DeleteFunc(all, func(old *routine) bool {
		same := old.schema == r.schema || old.schema == "" || r.schema == ""
		over := same && (r.dropped || old.schema == r.schema && old.least == r.least && old.most == r.most)
		if over && !r.dropped && path.Dir(old.source.Name) != path.Dir(r.source.Name) {
			r.doubtful = old.doubtful || (len(old.effects) > 0) != (len(r.effects) > 0)
		}
		return over
	})
	if !r.dropped {
		s.byName[r.name] = append(s.byName[r.name], r)
	}
}

// Names reports whether a text has the name of a routine as a word.
func (s *Schema) Names(text string) bool {
	if len(s.byName) == 0 {
		return false
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r != '_' && (r < '0' || '9' < r && r < 'A' || 'Z' < r && r < 'a' || 'z' < r && r < 0x80)
	}) {
		if len(s.byName[word]) > 0 || len(s.byName[strings.ToLower(word)]) > 0 {
			return true
		}
	}
	return false
}

// Hit is one thing that a call does to the session.
type Hit struct {
	Effect  effect.Effect
	File    string
	Line    int
	Through []string // the routines by which it comes there, after the one that is called
}

// maxDepth is how many calls a routine is followed through.
const maxDepth = 8

// Does is what a call leaves in the session, nothing where it is not known
// which routine it is of: of that name in several schemas, or with several
// lists of parameters.
func (s *Schema) Does(call session.Call) []Hit {
	r := s.routine(call)
	if r == nil {
		return nil
	}
	return s.hits(r, nil, map[*routine]bool{})
}

func (s *Schema) routine(call session.Call) *routine {
	var found []*routine
	for _, r := range s.byName[call.Name] {
		if call.Schema == "" || r.schema == "" || call.Schema == r.schema {
			found = append(found, r)
		}
	}
	for _, r := range found {
		if r.schema != found[0].schema {
			return nil
		}
	}
	found = slices.DeleteFunc(found, func(r *routine) bool { return call.Args < r.least || r.most >= 0 && call.Args > r.most })
	if len(found) != 1 || found[0].doubtful {
		return nil
	}
	return found[0]
}

func (s *Schema) hits(r *routine, through []string, seen map[*routine]bool) (all []Hit) {
	if seen[r] || len(through) > maxDepth {
		return nil
	}
	seen[r] = true
	for _, e := range r.effects {
		all = append(all, Hit{Effect: e, File: r.source.Name, Line: 1 + r.source.Before + strings.Count(r.source.Text[:e.Start], "\n"), Through: through})
	}
	for _, c := range r.calls {
		if next := s.routine(c); next != nil {
			all = append(all, s.hits(next, append(slices.Clip(through), next.called()), seen)...)
		}
	}
	return all
}

func (r *routine) called() string {
	if r.schema == "" {
		return r.name
	}
	return r.schema + "." + r.name
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

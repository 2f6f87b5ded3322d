package analyzer

import (
	"go/token"
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Skipped is a text that could not be read, or not to its end, though a rule
// of the run could concern it.
type Skipped struct {
	Pos    token.Pos // where reading ended
	Reason string
}

// unread is what could not be read of a text that begins at a place.
type unread struct {
	start token.Pos
	Skipped
}

// unreads are those of a package. Of the texts that one expression can be,
// some are put together by no run of the program: where one of them was read,
// another that is no SQL is not spoken of.
type unreads struct {
	all  []unread
	read map[token.Pos]bool
}

func (u *unreads) note(start token.Pos, read bool, skipped []Skipped) {
	if read && len(skipped) == 0 {
		if u.read == nil {
			u.read = map[token.Pos]bool{}
		}
		u.read[start] = true
	}
	for _, s := range skipped {
		u.all = append(u.all, unread{start, s})
	}
}

// skipped are those that are to be told.
func (u *unreads) skipped() (all []Skipped) {
	for _, x := range u.all {
		if !u.read[x.start] && !slices.Contains(all, x.Skipped) {
			all = append(all, x.Skipped)
		}
	}
	return all
}

// unreadIn are the statements of a text that were not read and that a rule
// could concern: the first of them stands for all.
func (r *report) unreadIn(q *sqlflow.Query, a *session.Analysis, uses []sqlflow.Use) []Skipped {
	if len(a.Unread) == 0 {
		return nil
	}
	if uses = r.usesOf(q, uses, effect.Effect{}); len(uses) == 0 { // all are for another database
		return nil
	}
	at := placesOf(q, uses)
	for _, u := range a.Unread {
		// At the end of the text it is the last byte.
		off := min(u.At, len(q.Text.Value)-1)
		pos, end, ok := q.Text.Range(off, off+1)
		if !ok {
			continue
		}
		if u.At > off {
			pos = end
		}
		if r.concerned(u.Could, append(at, pos)) {
			return []Skipped{{pos, u.Reason}}
		}
	}
	return nil
}

// concerned reports whether a rule of the run could report what a text could
// do, at these positions. A directive that ignores one such rule there says
// that the text has been looked at.
func (r *report) concerned(c session.Could, at []token.Pos) bool {
	var rules []string
	for _, name := range r.behind.Of(at, nil) {
		rules = append(rules, r.couldReport(c, r.named(name))...)
	}
	return len(rules) > 0 && !r.ignores(rules, at)
}

// couldReport are the rules that could report it behind p.
func (s *settings) couldReport(c session.Could, p *pooler.Pooler) (ids []string) {
	for _, rule := range rules {
		if !s.enabled(rule.ID) {
			continue
		}
		could := slices.ContainsFunc(c.Kinds, func(kind effect.Kind) bool {
			if rule.ID == localOutsideTx {
				return slices.Contains(rule.Kinds, kind) && pooler.OutsideTransaction(kind).Outcome != pooler.OK
			}
			return slices.Contains(rule.Kinds, kind) && p.Minds(kind, s.Strict)
		})
		if could || rule.ID == hiddenState && c.Body && p.Minds(effect.SetConfig, s.Strict) {
			ids = append(ids, rule.ID)
		}
	}
	return ids
}

// ignores reports whether a directive ignores one of the rules there.
func (r *report) ignores(rules []string, at []token.Pos) bool {
	for _, d := range r.directives {
		if d.Verb == "ignore" && d.Problem == "" && d.covers(at...) &&
			slices.ContainsFunc(d.Rules, func(id string) bool { return slices.Contains(rules, id) }) {
			d.used = true
			return true
		}
	}
	return false
}

// placesOf are those where a text is written and run.
func placesOf(q *sqlflow.Query, uses []sqlflow.Use) (at []token.Pos) {
	if n := q.Text.Node(0); n != nil {
		at = append(at, n.Pos())
	}
	for _, u := range uses {
		at = append(at, u.Node.Pos())
	}
	return at
}

package analyzer

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// undone is e, marked where a later statement of its transaction surely undoes
// it, or where it undoes an earlier one itself.
func (r *report) undone(q *sqlflow.Query, e effect.Effect, u sqlflow.Use) effect.Effect {
	if e.Undone || u.Handle != sqlflow.Tx || u.Call == nil {
		return e
	}
	switch {
	case r.undoneLater(q, e, u), session.Undoing(e) && r.undoesEarlier(q, u):
		e.Undone = true
	}
	return e
}

// undoneLater reports whether each text of some call behind u undoes e, or a
// later element of the list that q is in.
func (r *report) undoneLater(q *sqlflow.Query, e effect.Effect, u sqlflow.Use) bool {
	if !session.CanBeUndone(e) {
		return false
	}
	return r.someUse(func(then *sqlflow.Query, v sqlflow.Use) bool {
		if u.Call == v.Call {
			return session.Undoes(then.Text.Value, e) && r.sql.FollowsInList(u, q.Text, then.Text)
		}
		return r.sql.Near(u, v) && session.Undoes(then.Text.Value, e) && !r.replacesUnsaid(then, v) && r.sql.Follows(u, v) && !r.someUse(func(other *sqlflow.Query, w sqlflow.Use) bool {
			return w.Call == v.Call && !session.Undoes(other.Text.Value, e)
		})
	})
}

// replacesUnsaid reports whether v puts another value in place of what an
// earlier statement set, and is ignored: then nothing would be said of the two.
func (r *report) replacesUnsaid(q *sqlflow.Query, v sqlflow.Use) bool {
	ignored := slices.ContainsFunc(r.directives, func(d *directive) bool {
		return d.Verb == "ignore" && d.Problem == "" && d.covers(v.Node.Pos())
	})
	a := q.Analysis()
	return ignored && a != nil && !slices.ContainsFunc(a.Effects, session.Undoing)
}

// undoesEarlier reports whether the text of u undoes what a call before it did.
func (r *report) undoesEarlier(q *sqlflow.Query, u sqlflow.Use) bool {
	return r.someUse(func(before *sqlflow.Query, v sqlflow.Use) bool {
		if u.Call != v.Call && !r.sql.Near(v, u) {
			return false
		}
		a := before.Analysis()
		return a != nil && slices.ContainsFunc(a.Effects, func(e effect.Effect) bool {
			return session.Undoes(q.Text.Value, e.Bind(v.Bound))
		}) && (r.sql.Follows(v, u) || u.Call == v.Call && r.sql.FollowsInList(v, before.Text, q.Text))
	})
}

func (r *report) someUse(is func(*sqlflow.Query, sqlflow.Use) bool) bool {
	return slices.ContainsFunc(r.sql.Queries, func(q *sqlflow.Query) bool {
		return slices.ContainsFunc(q.Uses, func(u sqlflow.Use) bool { return u.Handle == sqlflow.Tx && is(q, u) })
	})
}

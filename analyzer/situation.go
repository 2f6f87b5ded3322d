package analyzer

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/message"
	"github.com/poolvet/poolvet/internal/sqlfile"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// situationOf is that of an effect of a text which u runs, nil if nothing is
// seen to.
func (r *report) situationOf(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use) message.Situation {
	s := message.TextSituation(q.Text.Value, e)
	s.Where = r.placeOf(q, e, u, s.Where)
	s.Undone = u != nil && e.Object != "" && s.Where&message.InCode != 0 && r.putsBack(*u, e.Object)
	s.Apart = u != nil && s.Where&message.InCode != 0 && r.runsApart(*u)
	return s
}

// placeOf is where u runs e, which stands at place in its text.
func (r *report) placeOf(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use, place message.Where) message.Where {
	switch {
	case place&message.InBody != 0:
		return place
	case u != nil && !slices.ContainsFunc(q.Uses, func(u sqlflow.Use) bool { return u.Handle != sqlflow.Tx || r.sql.Outlived(u) }):
		return message.InTx
	case u != nil && r.hookAt(u.Node) != 0:
		return r.hookAt(u.Node)
	case q.Text.File(e.Start) != nil:
		return place
	case place == message.InScript:
		return message.InTx
	case u != nil && u.Handle == sqlflow.Pool:
		return message.OnPool
	case u != nil && u.Handle == sqlflow.Conn:
		return message.OnConn
	}
	return message.Somewhere
}

// hookAt is the kind of hook that n stands in, 0 for none.
func (r *report) hookAt(n ast.Node) message.Where {
	hook, ok := r.hooks.Of(n.Pos())
	if !ok {
		return 0
	}
	return message.HookWhere(hook.When)
}

// putsBack reports whether the function of u resets a parameter that it sets.
func (r *report) putsBack(u sqlflow.Use, name string) bool {
	decl := r.flow.Function(u.Node)
	if decl == nil {
		return false
	}
	if r.resets == nil {
		r.resets = r.resetsIn()
	}
	return slices.ContainsFunc(r.resets[decl], func(e effect.Effect) bool {
		return e.Kind != effect.Reset || strings.EqualFold(e.Object, name)
	})
}

// runsApart reports whether the function of u also runs what runs in no
// transaction: a lock or a setting for that cannot end with one.
func (r *report) runsApart(u sqlflow.Use) bool {
	if r.apart == nil {
		r.apart = map[*ast.FuncDecl]bool{}
		for _, q := range r.sql.Queries {
			if !sqlfile.RunsApart(q.Text.Value) {
				continue
			}
			for _, u := range q.Uses {
				r.apart[r.flow.Function(u.Node)] = true
			}
		}
	}
	decl := r.flow.Function(u.Node)
	return decl != nil && r.apart[decl]
}

// resetsIn are the effects, by function, that reset a parameter or all of them.
func (r *report) resetsIn() map[*ast.FuncDecl][]effect.Effect {
	in := map[*ast.FuncDecl][]effect.Effect{}
	for _, q := range r.sql.Queries {
		a := q.Analysis()
		if a == nil {
			continue
		}
		for _, e := range a.Effects {
			if e.Kind != effect.ResetAll && e.Kind != effect.Reset && !(e.Kind == effect.Discard && strings.EqualFold(e.Object, "all")) {
				continue
			}
			for _, u := range q.Uses {
				if decl := r.flow.Function(u.Node); decl != nil {
					in[decl] = append(in[decl], e)
				}
			}
		}
	}
	return in
}

package analyzer

import (
	"go/ast"
	"go/token"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/message"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// givenPools reports the calls that give a pool to a helper whose statement
// needs a transaction: the helper is right in one.
func (r *report) givenPools(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use) {
	if u == nil || u.Call == nil || u.Handle != sqlflow.UnknownHandle || pooler.OutsideTransaction(e.Kind).Outcome == pooler.OK {
		return
	}
	as := *u
	as.Handle = sqlflow.Pool
	if !outsideTx(q.Text.Value, e, &as) {
		return
	}
	for _, call := range r.given.Pools(*u, e) {
		r.givesPool(call, e, r.situationOf(q, e, u))
	}
}

// givenElsewhere reports those that give a pool to a helper of another package.
func (r *report) givenElsewhere() {
	for call, e := range r.given.Elsewhere {
		r.givesPool(call, e, message.Situation{Where: message.OnPool})
	}
	r.given.Export(r.pass)
}

func (r *report) givesPool(call *ast.CallExpr, e effect.Effect, s message.Situation) {
	if r.leavesOut(call.Pos()) {
		return
	}
	out, rule := pooler.OutsideTransaction(e.Kind), LookupRule(localOutsideTx)
	s.OutsideTx = true
	m := message.Of(e, r.none, out, s)
	m.What = flow.Called(call) + " runs " + m.What
	r.add(Finding{
		Rule: rule.ID, Outcome: string(out.Outcome), Evidence: string(out.Evidence), Pooler: r.pooler.String(),
		Pos: call.Fun.Pos(), End: call.Fun.End(),
		Message: m.Line(rule.ID), Remedy: m.Remedy, Reference: out.Reference,
		Object: e.Object, Scope: string(e.Kind.Scope()), Text: m.What,
	}, []token.Pos{call.Pos()})
}

// outsideTx reports whether an effect that needs a transaction is known to
// have none: it runs on the pool, and its text brings no transaction and does
// nothing else that the effect could serve.
func outsideTx(text string, e effect.Effect, u *sqlflow.Use) bool {
	if u == nil || u.Handle != sqlflow.Pool || e.InTransaction || e.Body != effect.Direct {
		return false
	}
	switch e.Kind {
	case effect.SetConfigLocal, effect.AdvisoryXactLock:
		return session.OnlyCalls(text)
	}
	return true
}

package analyzer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"slices"

	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/driver"
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
	if !r.outsideTx(q.Text.Value, e, &as, pooler.Verdict{}) {
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
	out, rule := pooler.OutsideTransaction(e.Kind), outsideRule(e.Kind)
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

// begun reports the calls that begin a transaction, where the pooler has none.
func (r *report) begun() {
	if !r.anyMinds(effect.Begin) {
		return
	}
	for call := range r.sql.Begins() {
		if !r.skips(call.Pos()) && r.branches.Of(call) != dialect.Other {
			e := effect.Effect{Kind: effect.Begin, Words: flow.Called(call)}
			r.site(driver.Site{Effect: e, Pos: call.Fun.Pos(), End: call.Fun.End(), Runs: call})
		}
	}
}

// outsideTx reports whether an effect that needs a transaction, or begins one,
// is known to have none: it runs on the pool, and its text brings no
// transaction and does nothing else that the effect could serve. v is what the
// pooler makes of it.
func (r *report) outsideTx(text string, e effect.Effect, u *sqlflow.Use, v pooler.Verdict) bool {
	if u == nil || u.Handle != sqlflow.Pool || e.InTransaction || e.Body != effect.Direct {
		return false
	}
	switch e.Kind {
	case effect.SetConfigLocal, effect.AdvisoryXactLock, effect.ExportSnapshot:
		return session.OnlyCalls(text)
	case effect.Begin:
		return v.Outcome != pooler.Refused && !r.poolOfOne()
	}
	return true
}

// poolOfOne reports whether some pool is set to have a single connection:
// db.SetMaxOpenConns(1), on which BEGIN and what follows meet each other.
func (r *report) poolOfOne() bool {
	return slices.ContainsFunc(r.flow.Calls(), func(call *ast.CallExpr) bool {
		fn := r.flow.Callee(call)
		if fn == nil || fn.Name() != "SetMaxOpenConns" || len(call.Args) != 1 {
			return false
		}
		n := r.pass.TypesInfo.Types[call.Args[0]].Value
		return n != nil && constant.Compare(n, token.EQL, constant.MakeInt64(1))
	})
}

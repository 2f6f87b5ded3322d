package analyzer

import (
	"go/token"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// givenPools reports the calls that give a pool to a helper whose statement
// needs a transaction: the helper is right in one.
func (r *report) givenPools(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use) {
	out := pooler.OutsideTransaction(e.Kind)
	if u == nil || u.Call == nil || u.Handle != sqlflow.UnknownHandle || out.Outcome == pooler.OK {
		return
	}
	as := *u
	as.Handle = sqlflow.Pool
	if !outsideTx(q.Text.Value, e, &as) {
		return
	}
	rule := LookupRule(localOutsideTx)
	for _, call := range r.sql.GivenPools(*u) {
		what, consequence, remedy := describe(e, r.none, out, rule, r.situationOf(q, e, u))
		what = flow.Called(call) + " runs " + what
		r.add(Finding{
			Rule: rule.ID, Outcome: string(out.Outcome), Evidence: string(out.Evidence), Pooler: r.pooler.String(),
			Pos: call.Fun.Pos(), End: call.Fun.End(),
			Message: sentence(what, consequence, remedy, rule), Remedy: remedy, Reference: out.Reference,
			Object: e.Object, Scope: string(e.Kind.Scope()), Text: what,
		}, []token.Pos{call.Pos()})
	}
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
		return onlyCalls(text)
	}
	return true
}

// onlyCalls reports whether a text is SELECT f(…), g(…) and nothing more, so
// that its calls serve no other part of the statement.
func onlyCalls(text string) bool {
	rest := strings.ToLower(strings.TrimRight(strings.TrimSpace(text), "; \t\r\n"))
	rest, ok := strings.CutPrefix(rest, "select")
	if !ok {
		return false
	}
	depth, quoted := 0, false
	var outside strings.Builder
	for _, c := range rest {
		switch {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0:
			outside.WriteRune(c)
		}
	}
	for item := range strings.SplitSeq(outside.String(), ",") {
		words := strings.Fields(item)
		if len(words) != 1 && !(len(words) == 3 && words[1] == "as") {
			return false // it has FROM or WHERE, perhaps
		}
	}
	return true
}

package analyzer

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/fix"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/message"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// begins is how the pools of libraries begin a transaction, with a context and
// without one ("" where they want one).
var begins = map[string]struct{ with, without string }{
	library.SQLPath + ".DB":        {"BeginTx(CTX, nil)", "Begin()"},
	library.SqlxPath + ".DB":       {"BeginTxx(CTX, nil)", "Beginx()"},
	library.Pgxpool5Path + ".Pool": {"Begin(CTX)", ""},
	library.Pgxpool4Path + ".Pool": {"Begin(CTX)", ""},
	library.BunPath + ".DB":        {"BeginTx(CTX, nil)", "Begin()"},
}

// transactionRemedy is the two lines to write where several statements run one
// by one on a pool, and one of them is to hold for those behind it: each may
// meet another connection, so that only a transaction can help. It is "" where
// there is another remedy, or none. The lines name no variable but those of the
// call itself.
func (r *report) transactionRemedy(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use, p *pooler.Pooler, s message.Situation) string {
	twin, ok := fix.Counterpart(e.Kind)
	if !ok || u == nil || u.Call == nil || s.Where != message.OnPool || q.Mode != sqlflow.Statement ||
		p.Verdict(effect.Effect{Kind: twin, Object: e.Object}).Outcome != pooler.OK || !r.sql.GoesOn(u.Node, sqlflow.Pool) {
		return ""
	}
	words := message.LocalStatement(e, s)
	sel, ok := ast.Unparen(u.Call.Fun).(*ast.SelectorExpr)
	if !ok || words == "" {
		return ""
	}
	pkg, name := flow.TypeName(r.pass.TypesInfo.TypeOf(sel.X))
	b, ok := begins[pkg+"."+name]
	pool, ctx := types.ExprString(sel.X), r.contextOf(u.Call)
	begin, args := b.with, ctx+", "
	if ctx == "" {
		begin, args = b.without, ""
	}
	if !ok || begin == "" || len(pool) > 30 || len(ctx) > 30 {
		return ""
	}
	return "run it and what follows in one transaction: tx, err := " + pool + "." + strings.Replace(begin, "CTX", ctx, 1) +
		"; tx." + runs(sel.Sel.Name) + "(" + args + "\"" + words + "\")"
}

// contextOf is the context that a call is given, as the code has it, or "".
func (r *report) contextOf(call *ast.CallExpr) string {
	for _, arg := range call.Args {
		if flow.IsNamed(r.pass.TypesInfo.TypeOf(arg), "context.Context") {
			return types.ExprString(arg)
		}
	}
	return ""
}

// runs is the method that runs a statement in a transaction as a method of the
// pool does.
func runs(method string) string {
	switch {
	case strings.HasPrefix(method, "Query"):
		return method // a lock that is only tried has a result
	case strings.HasSuffix(method, "Context"):
		return "ExecContext"
	}
	return "Exec"
}

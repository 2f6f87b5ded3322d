package analyzer

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// begins is how the pools of libraries begin a transaction, and how a
// statement of it is run.
var begins = map[string]struct{ begin, run string }{
	"database/sql.DB":                      {"BeginTx(ctx, nil)", "ExecContext"},
	"github.com/jmoiron/sqlx.DB":           {"BeginTxx(ctx, nil)", "ExecContext"},
	"github.com/jackc/pgx/v5/pgxpool.Pool": {"Begin(ctx)", "Exec"},
	"github.com/jackc/pgx/v4/pgxpool.Pool": {"Begin(ctx)", "Exec"},
	"github.com/uptrace/bun.DB":            {"BeginTx(ctx, nil)", "ExecContext"},
}

// transactionRemedy is the two lines to write where several statements run one
// by one on a pool, and one of them is to hold for those behind it: each may
// meet another connection, so that only a transaction can help. It is "" where
// there is another remedy, or none.
func (r *report) transactionRemedy(q *sqlflow.Query, e session.Effect, u *sqlflow.Use, p *pooler.Pooler) string {
	f, ok := sqlFixes[e.Kind]
	if !ok || u == nil || u.Call == nil || u.Handle != sqlflow.Pool || e.Body != session.Direct || q.Mode != sqlflow.Statement ||
		p.Verdict(session.Effect{Kind: f.becomes, Object: e.Object}).Outcome != pooler.OK || !r.goesOn(*u) {
		return ""
	}
	if (e.Kind == session.Set || e.Kind == session.SetConfig) && !strings.Contains(e.Object, ".") {
		return "" // ALTER ROLE helps too
	}
	words := withinTransaction(e)
	sel, ok := ast.Unparen(u.Call.Fun).(*ast.SelectorExpr)
	if !ok || words == "" {
		return ""
	}
	named := typeName(r.pass.TypesInfo.TypeOf(sel.X))
	b, ok := begins[named]
	pool := types.ExprString(sel.X)
	if !ok || len(pool) > 30 {
		return ""
	}
	return "run it and what follows in one transaction: tx, err := " + pool + "." + b.begin + "; tx." + b.run + "(ctx, \"" + words + "\")"
}

// withinTransaction is how the effect is spelled that ends with its
// transaction, without the values, which may be secret.
func withinTransaction(e session.Effect) string {
	switch e.Kind {
	case session.Set:
		return "SET LOCAL " + quote(e.Object) + " …"
	case session.SetRole:
		return "SET LOCAL ROLE …"
	case session.SetConfig:
		return "SELECT set_config('" + quote(e.Object) + "', …, true)"
	case session.AdvisoryLock:
		name, _, _ := strings.Cut(e.Words, "(")
		return "SELECT " + strings.Replace(quote(name), "advisory_lock", "advisory_xact_lock", 1) + "(…)"
	case session.TempObject:
		if e.Object == "" {
			return ""
		}
		return "CREATE TEMP TABLE " + quote(e.Object) + " … ON COMMIT DROP"
	}
	return ""
}

// goesOn reports whether a later statement of the same function runs on a pool.
func (r *report) goesOn(u sqlflow.Use) bool {
	decl := r.flow.Function(u.Node)
	return decl != nil && slices.ContainsFunc(r.flow.Queries, func(q *sqlflow.Query) bool {
		return slices.ContainsFunc(q.Uses, func(later sqlflow.Use) bool {
			return later.Handle == sqlflow.Pool && u.Node.End() < later.Node.Pos() && later.Node.End() <= decl.End()
		})
	})
}

// typeName is the package path and name of a type, or of what it points to.
func typeName(t types.Type) string {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		return named.Obj().Pkg().Path() + "." + named.Obj().Name()
	}
	return ""
}

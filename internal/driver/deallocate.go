package driver

import (
	"go/ast"
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// preparedBySQL agrees where pgx v5 closes a statement that SQL of this package
// prepares. Of those that pgx prepares, poolers keep account.
func preparedBySQL(s *scan, call *ast.CallExpr, site *Site) bool {
	if len(call.Args) != 2 {
		return false
	}
	for _, t := range s.flow.AllTexts(call.Args[1]) {
		if !t.IsHole() && slices.ContainsFunc(s.sql.Queries, func(q *sqlflow.Query) bool { return prepares(q.Text.Value, t.Value) }) {
			site.Effect.Object = t.Value
			site.Effect.Words += " of " + t.Value
			site.Why = "it was prepared by SQL"
			return true
		}
	}
	return false
}

// prepares reports whether a text has PREPARE name.
func prepares(text, name string) bool {
	return session.Gate(text) && slices.ContainsFunc(session.Analyze(text).Effects, func(e effect.Effect) bool {
		return e.Kind == effect.Prepare && e.Object == name
	})
}

package driver

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/handle"
)

// queuedMode reports a mode that is queued with a query: a batch has the mode
// of its connection.
func queuedMode(s *scan, call *ast.CallExpr, _ *Site) bool {
	for i, arg := range call.Args {
		if i > 0 && handle.IsQueryMode(s.info.TypeOf(arg)) {
			s.add(Site{Pos: arg.Pos(), End: arg.End(), Remedy: "set DefaultQueryExecMode on the configuration",
				Why:    "is taken for an argument of the query, so that the batch fails",
				Effect: effect.Effect{Kind: effect.DeadOption, Words: types.ExprString(arg) + " in Queue"}})
		}
	}
	return false
}

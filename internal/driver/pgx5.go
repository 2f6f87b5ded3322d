package driver

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/library"
)

// queryMode is the mode that x is a constant of.
func queryMode(s *scan, x ast.Expr) (string, bool) {
	tv := s.info.Types[x]
	named, ok := types.Unalias(tv.Type).(*types.Named)
	if tv.Value == nil || !ok || named.Obj().Pkg() == nil {
		return "", false
	}
	for name, mode := range library.QueryModes {
		if c, ok := named.Obj().Pkg().Scope().Lookup(name).(*types.Const); ok && constant.Compare(c.Val(), token.EQL, tv.Value) {
			return mode, true
		}
	}
	return "", false
}

// constantValue is x as a connection string has it.
func constantValue(s *scan, x ast.Expr) (string, bool) {
	v := s.info.Types[x].Value
	if v == nil {
		return "", false
	}
	return strings.Trim(v.ExactString(), `"`), true
}

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

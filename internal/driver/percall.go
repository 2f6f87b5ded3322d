package driver

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/querymode"
)

// A mode given to one query says something of that query, and not of the pool.

// perCall reports the queries that are given a mode which splits or names
// their statement.
func (s *scan) perCall() {
	for _, x := range s.handles().ModesGiven() {
		mode, ok := s.givenMode(x)
		call := s.handles().QueryOf(x)
		if !ok || call == nil {
			continue
		}
		f, _, bad := querymode.Judge(pgx5, querymode.Keys{pgx5.Mode: {Value: mode, Known: true}})
		if !bad || f.Kind == effect.SplitStatement && s.inTransaction(call) {
			continue
		}
		s.add(Site{
			Effect: effect.Effect{Kind: f.Kind, Object: pgx5.Mode, Words: types.ExprString(x) + " in " + flow.Called(call)},
			Pos:    x.Pos(), End: x.End(), Runs: call, Remedy: "give it QueryExecModeCacheDescribe",
		})
	}
}

// givenMode is the mode that x is, itself or as a variable that is set to
// nothing else.
func (s *scan) givenMode(x ast.Expr) (string, bool) {
	if mode, ok := querymode.ModeOf(s.info, x); ok {
		return mode, true
	}
	v, ok := s.flow.ObjectOf(x).(*types.Var)
	if !ok || len(s.flow.ValuesOf(v.Origin())) != 1 {
		return "", false
	}
	if _, _, isParam := s.flow.Parameter(v); isParam {
		return "", false
	}
	return querymode.ModeOf(s.info, s.flow.ValuesOf(v.Origin())[0].Expr)
}

// inTransaction reports whether a query runs on a transaction.
func (s *scan) inTransaction(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && flow.IsNamed(s.info.TypeOf(sel.X), pgx5Path+".Tx", pgx5Path+"/pgxpool.Tx")
}

// bypasses reports the calls that a mode of one query does not reach, in place
// of a pool whose other queries have each a mode of their own.
// https://pkg.go.dev/github.com/jackc/pgx/v5#Conn.SendBatch
func (s *scan) bypasses(o opener, l *handle.Life) bool {
	var calls []*ast.CallExpr
	perCall := false
	for _, u := range l.Sent {
		switch {
		case u.Mode:
			perCall = true
		case u.Batch || u.Copy:
			calls = append(calls, u.Call)
		case querymode.Minds(o.d, u, effect.NamedStatement):
			return false
		}
	}
	if l.Unseen || !perCall {
		return false
	}
	for _, call := range calls {
		s.add(Site{
			Effect: effect.Effect{Kind: effect.NamedStatement, Words: flow.Called(call) + " in the default query mode, cache_statement"},
			Pos:    call.Fun.Pos(), End: call.Fun.End(), Runs: call,
			Why: "a mode given to other queries does not reach it", Remedy: o.d.Remedy,
		})
	}
	return true
}

package handle

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// ModesGiven are the query modes that calls get as arguments and slices as
// elements: their type alone says something.
func (r *Reader) ModesGiven() []ast.Expr {
	if r.modes != nil {
		return r.modes
	}
	r.modes = []ast.Expr{}
	give := func(x ast.Expr) {
		if IsQueryMode(r.info.TypeOf(x)) {
			r.modes = append(r.modes, x)
		}
	}
	for _, call := range r.flow.Calls() {
		for _, arg := range call.Args {
			give(arg)
		}
	}
	for _, lit := range r.flow.Literals {
		if flow.StructOf(r.info.TypeOf(lit)) == nil {
			for _, elt := range lit.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					elt = kv.Value
				}
				give(elt)
			}
		}
	}
	slices.SortFunc(r.modes, func(a, b ast.Expr) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return r.modes
}

// IsQueryMode reports whether t is pgx v5's type for a mode.
func IsQueryMode(t types.Type) bool { return flow.IsNamed(t, library.Pgx5Path+".QueryExecMode") }

// QueryOf is the query that x is an argument of, perhaps in a slice of them.
func (r *Reader) QueryOf(x ast.Expr) *ast.CallExpr {
	for n := r.flow.Parent(x); n != nil; n = r.flow.Parent(n) {
		switch n := n.(type) {
		case *ast.ParenExpr, *ast.CompositeLit:
		case *ast.CallExpr:
			if _, ok := r.sql.Runs(n); ok && r.flow.Callee(n).Name() != "Queue" {
				return n
			}
			if tv, ok := r.info.Types[n.Fun]; !ok || !tv.IsBuiltin() { // append
				return nil
			}
		default:
			return nil
		}
	}
	return nil
}

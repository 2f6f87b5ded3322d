package sqlflow

import (
	"cmp"
	"github.com/poolvet/poolvet/internal/flow"
	"go/ast"
	"go/types"
	"slices"
)

// maxOns bounds the handles that are kept of one parameter or field.
const maxOns = 16

// On are the expressions whose values u runs on: of a wrapper, those inside it
// that are not its own parameters, and what the call passes for these.
func (u Use) On() []ast.Expr { return u.ons }

// On is the expression that a call runs on: its receiver, else the first
// argument that is a handle. It is nil where it shows none.
func (f *SQL) On(call *ast.CallExpr) ast.Expr { return f.on(call, call.Fun) }

func (f *SQL) on(call *ast.CallExpr, as ast.Expr) ast.Expr {
	if sel, ok := ast.Unparen(as).(*ast.SelectorExpr); ok {
		id, _ := ast.Unparen(sel.X).(*ast.Ident)
		if _, isPkg := f.Flow.Info.Uses[id].(*types.PkgName); !isPkg {
			return sel.X
		}
	}
	for _, arg := range call.Args {
		if on := f.handle(arg); on.handle != UnknownHandle || on.via != nil && hasMethods(on.via.Type()) {
			return arg
		}
	}
	return nil
}

// shown is what a call runs on, as a list.
func (f *SQL) shown(call *ast.CallExpr, as ast.Expr) []ast.Expr {
	if on := f.on(call, as); on != nil {
		return []ast.Expr{on}
	}
	return nil
}

// withOns are the first of the expressions of both lists, in their order.
func withOns(ons, more []ast.Expr) []ast.Expr {
	all := slices.Concat(ons, more)
	slices.SortFunc(all, func(x, y ast.Expr) int {
		return cmp.Or(cmp.Compare(x.Pos(), y.Pos()), cmp.Compare(x.End(), y.End()))
	})
	all = slices.Compact(all)
	return all[:min(len(all), maxOns)]
}

// givenFor is what a call passes for on, where that is a parameter of the
// function that it calls.
func (f *SQL) givenFor(on ast.Expr, of *flow.Variable, call *ast.CallExpr) ast.Expr {
	id, ok := on.(*ast.Ident)
	if !ok || of == nil || call == nil {
		return on
	}
	v, _ := f.Flow.Info.ObjectOf(id).(*types.Var)
	if p := f.Flow.Vars[v]; p != nil && p.Fn == of.Fn && p.Param >= 0 && p.Param < len(call.Args) {
		return call.Args[p.Param]
	}
	return on
}

// HandleOf is what x is to run on.
func (f *SQL) HandleOf(x ast.Expr) Handle { return f.handle(x).handle }

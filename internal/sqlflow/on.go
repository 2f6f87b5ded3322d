package sqlflow

import (
	"go/ast"
	"go/types"
	"slices"
)

// maxOns bounds the handles that are kept of one parameter or field.
const maxOns = 16

// On are the expressions whose values u runs on: of a wrapper, those inside it
// that are not its own parameters, and what the call passes for these.
func (u Use) On() []ast.Expr {
	if u.flow == nil {
		return nil
	}
	ons := []ast.Expr{u.on}
	if c := u.flow.carried[u.param]; u.param != nil && c != nil {
		for _, on := range c.ons {
			ons = append(ons, u.flow.givenFor(on, u.flow.vars[u.param], u.Call))
		}
	}
	ons = slices.DeleteFunc(ons, func(x ast.Expr) bool { return x == nil })
	slices.SortStableFunc(ons, func(a, b ast.Expr) int { return int(a.Pos() - b.Pos()) })
	return slices.Compact(ons)
}

// On is the expression that a call runs on: its receiver, else the first
// argument that is a handle. It is nil where it shows none.
func (f *Flow) On(call *ast.CallExpr) ast.Expr { return f.on(call, call.Fun) }

func (f *Flow) on(call *ast.CallExpr, as ast.Expr) ast.Expr {
	if sel, ok := ast.Unparen(as).(*ast.SelectorExpr); ok {
		id, _ := ast.Unparen(sel.X).(*ast.Ident)
		if _, isPkg := f.info.Uses[id].(*types.PkgName); !isPkg {
			return sel.X
		}
	}
	for _, arg := range call.Args {
		if h, via := f.handle(arg); h != UnknownHandle || via != nil && hasMethods(via.Type()) {
			return arg
		}
	}
	return nil
}

func (c *carrier) runOn(on ast.Expr) {
	if on != nil && len(c.ons) < maxOns && !slices.Contains(c.ons, on) {
		c.ons = append(c.ons, on)
	}
}

// givenFor is what a call passes for on, where that is a parameter of the
// function that it calls.
func (f *Flow) givenFor(on ast.Expr, of *variable, call *ast.CallExpr) ast.Expr {
	id, ok := on.(*ast.Ident)
	if !ok || of == nil || call == nil {
		return on
	}
	v, _ := f.info.ObjectOf(id).(*types.Var)
	if p := f.vars[v]; p != nil && p.fn == of.fn && p.param >= 0 && p.param < len(call.Args) {
		return call.Args[p.param]
	}
	return on
}

package flow

import (
	"go/ast"
	"go/types"
)

// Origin is where a value that is no text comes from.
type Origin struct {
	Made    []ast.Expr          // the calls and literals that make it
	Held    map[*types.Var]bool // the variables, fields and parameters that hold it
	Unknown bool                // it may come from elsewhere too
	Foreign []types.Object      // what of other packages it comes from
}

// Through says which values are parts of another, so that where the whole
// comes from is what is asked: a field, or what a method returns. And where to
// go no further: at a variable, or a call, of which all is known; nil for none.
type Through struct {
	Part   func(field *types.Var) bool
	Copy   func(call *ast.CallExpr) bool
	Ends   func(holder *types.Var) bool
	EndsIn func(call *ast.CallExpr) bool
}

// Origin follows x back to what makes it.
func (e *Flow) Origin(x ast.Expr, t Through) *Origin {
	o := follower{Flow: e, Through: t, Origin: Origin{Held: map[*types.Var]bool{}}, seen: map[ast.Expr]bool{}}
	o.follow(x, 0)
	return &o.Origin
}

// OriginOf is Origin of what a variable holds.
func (e *Flow) OriginOf(v *types.Var, t Through) *Origin {
	o := follower{Flow: e, Through: t, Origin: Origin{Held: map[*types.Var]bool{}}, seen: map[ast.Expr]bool{}}
	o.VariableOf(v)
	return &o.Origin
}

type follower struct {
	*Flow
	Through
	Origin
	seen map[ast.Expr]bool
}

// follow adds the i-th result of x.
func (o *follower) follow(x ast.Expr, i int) {
	x = ast.Unparen(x)
	if x == nil || o.seen[x] {
		return
	}
	o.seen[x] = true
	switch x := x.(type) {
	case *ast.StarExpr:
		o.follow(x.X, 0)
		return
	case *ast.UnaryExpr:
		o.follow(x.X, 0)
		return
	case *ast.TypeAssertExpr:
		o.follow(x.X, 0)
		return
	case *ast.CompositeLit:
		o.Made = append(o.Made, x)
		return
	case *ast.CallExpr:
		o.call(x, i)
		return
	case *ast.SelectorExpr:
		if f, ok := o.ObjectOf(x).(*types.Var); ok && o.Part(f) {
			o.follow(x.X, 0)
			return
		}
	}
	holder, ok := o.ObjectOf(x).(*types.Var)
	if ok && o.Ends != nil && o.Ends(holder.Origin()) {
		return
	}
	if !ok || holder.Pkg() != o.Pass.Pkg {
		o.Unknown = o.Unknown || !o.Info.Types[x].IsNil()
		if ok {
			o.Foreign = append(o.Foreign, holder)
		}
		return
	}
	o.VariableOf(holder.Origin())
}

func (o *follower) VariableOf(holder *types.Var) {
	if o.Held[holder] {
		return
	}
	o.Held[holder] = true
	defs := o.ValuesOf(holder)
	for _, d := range defs {
		o.follow(d.Expr, d.Result)
	}
	fn, i, ok := o.Parameter(holder)
	if !ok {
		o.Unknown = o.Unknown || len(defs) == 0 && holder.IsField()
		return
	}
	calls := o.CallsOf(fn)
	for _, call := range calls {
		if i < len(call.Args) && !call.Ellipsis.IsValid() {
			o.follow(call.Args[i], 0)
		} else {
			o.Unknown = true
		}
	}
	o.Unknown = o.Unknown || len(calls) == 0
}

func (o *follower) call(x *ast.CallExpr, i int) {
	if tv, ok := o.Info.Types[x.Fun]; ok && tv.IsType() && len(x.Args) == 1 {
		o.follow(x.Args[0], 0)
		return
	}
	if o.EndsIn != nil && o.EndsIn(x) {
		return
	}
	if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && o.Copy(x) {
		o.follow(sel.X, 0)
		return
	}
	found := false
	for _, fn := range o.Callees(x) {
		for _, ret := range o.Returns(fn, i) {
			found = true
			o.follow(ret, i)
		}
	}
	if !found {
		o.Made = append(o.Made, x)
		if fn := o.Callee(x); fn != nil && fn.Pkg() != o.Pass.Pkg {
			o.Foreign = append(o.Foreign, fn)
		}
	}
}

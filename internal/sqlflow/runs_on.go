package sqlflow

import (
	"github.com/poolvet/poolvet/internal/flow"
	"go/ast"
	"go/types"
)

// noteHandles notes the parameters of callbacks that get a handle.
func (f *SQL) noteHandles(call *ast.CallExpr) {
	fn, ok := f.Flow.Target(call).(*types.Func)
	if !ok {
		return
	}
	arg, h, ok := callbackHandle(fn)
	if !ok || arg >= len(call.Args) {
		return
	}
	lit, ok := ast.Unparen(call.Args[arg]).(*ast.FuncLit)
	if !ok {
		return
	}
	for _, field := range lit.Type.Params.List {
		for _, name := range field.Names {
			if v := f.Flow.Info.Defs[name]; v != nil && !flow.IsContext(v.Type()) {
				f.handles[v] = h
			}
		}
	}
}

// runsOn is what a call of the function named as runs on: its receiver, else the first argument that is
// a handle.
func (f *SQL) runsOn(call *ast.CallExpr, as ast.Expr) runsOn {
	if sel, ok := ast.Unparen(as).(*ast.SelectorExpr); ok {
		if _, isPkg := f.Flow.ObjectOf(sel.X).(*types.PkgName); !isPkg {
			return f.handle(sel.X)
		}
	}
	for _, arg := range call.Args {
		if on := f.handle(arg); on.handle != UnknownHandle || on.via != nil && hasMethods(on.via.Type()) {
			return on
		}
	}
	return runsOn{}
}

func hasMethods(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.NumMethods() > 0 && !flow.IsContext(t)
}

// handle is what x is to run on, or the parameter that will say so.
func (f *SQL) handle(x ast.Expr) runsOn {
	x = ast.Unparen(x)
	switch x := x.(type) {
	case *ast.Ident:
		if v, ok := f.Flow.Info.ObjectOf(x).(*types.Var); ok {
			if h, ok := f.handles[v]; ok {
				return runsOn{handle: h}
			}
			h := handleOf(v.Type())
			if known := f.Flow.Vars[v]; h == UnknownHandle && known != nil && known.Param >= 0 {
				return runsOn{via: v}
			}
			return runsOn{handle: h}
		}
	case *ast.CallExpr:
		if fn, ok := f.Flow.Target(x).(*types.Func); ok {
			if h := resultHandle(fn); h != UnknownHandle {
				return runsOn{handle: h}
			}
			// A chain such as tx.WithContext(ctx).Raw(…) stays on what it began with.
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && handleOf(f.Flow.Info.TypeOf(x)) == UnknownHandle &&
				types.Identical(flow.TypeOf(f.Flow.Info, sel.X), flow.TypeOf(f.Flow.Info, x)) {
				return f.handle(sel.X)
			}
		}
	}
	if t := f.Flow.Info.TypeOf(x); t != nil {
		return runsOn{handle: handleOf(t)}
	}
	return runsOn{}
}

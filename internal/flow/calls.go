package flow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// Calls are the calls of the package whose callee is known, in the order of
// their files.
func (f *Flow) Calls() []*ast.CallExpr { return f.order }

// Callee is the function or method that call names, nil for any other callee.
func (f *Flow) Callee(call *ast.CallExpr) *types.Func {
	fn, _ := f.Target(call).(*types.Func)
	return fn
}

// Callees are the functions of this package that call can run: the one it
// names, those that the variable in its place holds, and those that implement
// the interface method that it names.
func (f *Flow) Callees(call *ast.CallExpr) []ast.Node {
	switch callee := f.Target(call).(type) {
	case *ast.FuncLit:
		return []ast.Node{callee}
	case *types.Var:
		fns := f.FunctionsIn(callee)
		if known := f.Vars[callee]; known != nil && known.Param >= 0 {
			for _, at := range f.CallsOf(known.Fn) {
				if known.Param < len(at.Args) {
					fns = append(fns, f.Functions(at.Args[known.Param])...)
				}
			}
		}
		return fns
	case *types.Func:
		return f.Bodies(callee)
	}
	return nil
}

// Bodies is the declaration of fn, or of the methods of this package
// that implement it.
func (x *Flow) Bodies(fn *types.Func) []ast.Node {
	if decl := x.funcs[fn]; decl != nil {
		return []ast.Node{decl}
	}
	recv := fn.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return nil
	}
	fns, ok := x.implemented[fn]
	if !ok {
		for _, m := range x.methodsOf(fn.Name()) {
			if Implements(m, fn) {
				fns = append(fns, x.funcs[m])
			}
		}
		slices.SortFunc(fns, func(a, b ast.Node) int { return cmp.Compare(a.Pos(), b.Pos()) })
		x.implemented[fn] = fns
	}
	return fns
}

// methodsOf are the methods of a name that this package declares.
func (x *Flow) methodsOf(name string) []*types.Func {
	if x.methods == nil {
		x.methods = map[string][]*types.Func{}
		for m := range x.funcs {
			if m.Signature().Recv() != nil {
				x.methods[m.Name()] = append(x.methods[m.Name()], m)
			}
		}
	}
	return x.methods[name]
}

// Implements reports whether the method m implements the interface method im.
func Implements(m, im *types.Func) bool {
	recv, of := m.Signature().Recv(), im.Signature().Recv()
	if recv == nil || of == nil {
		return false
	}
	iface, ok := of.Type().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	t := recv.Type()
	if _, ok := t.(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	return types.Implements(t, iface)
}

// Functions are the functions of this package that x can be as a value: a
// literal, a name, a method value, a variable that holds one, or what a call
// returns.
func (f *Flow) Functions(x ast.Expr) []ast.Node {
	var fns []ast.Node
	seen := map[wanted]bool{}
	for todo := []wanted{{x, 0}}; len(todo) > 0; todo = todo[1:] {
		w := wanted{ast.Unparen(todo[0].x), todo[0].calls}
		if w.x == nil || seen[w] || w.calls > maxFactories {
			continue
		}
		seen[w] = true
		found, more := f.functions(w)
		for _, fn := range found {
			switch {
			case w.calls > 0:
				for _, ret := range ReturnsOf(fn) {
					if len(ret.Results) > 0 {
						more = append(more, wanted{ret.Results[0], w.calls - 1})
					}
				}
			case !slices.Contains(fns, fn):
				fns = append(fns, fn)
			}
		}
		todo = append(todo, more...)
	}
	return fns
}

// wanted is an expression whose functions are wanted or, after some calls, the
// functions that these return.
type wanted struct {
	x     ast.Expr
	calls int
}

// maxFactories is how many functions may make each other.
const maxFactories = 8

// functions are those that an expression names, and where there are more.
func (f *Flow) functions(w wanted) (fns []ast.Node, more []wanted) {
	switch fn := f.FuncNamed(w.x).(type) {
	case *ast.FuncLit:
		return []ast.Node{fn}, nil
	case *types.Func:
		return f.Bodies(fn), nil
	}
	switch x := w.x.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		v, ok := f.ObjectOf(x).(*types.Var)
		if !ok || f.Vars[v.Origin()] == nil {
			return nil, nil
		}
		known := f.Vars[v.Origin()]
		for _, d := range known.Defs {
			more = append(more, wanted{d.Expr, w.calls})
		}
		if known.Param >= 0 {
			for _, call := range f.CallsOf(known.Fn) {
				if known.Param < len(call.Args) {
					more = append(more, wanted{call.Args[known.Param], w.calls})
				}
			}
		}
	case *ast.CallExpr:
		if tv, ok := f.Info.Types[x.Fun]; ok && tv.IsType() && len(x.Args) == 1 {
			return nil, []wanted{{x.Args[0], w.calls}}
		}
		return nil, []wanted{{x.Fun, w.calls + 1}}
	}
	return nil, more
}

// Interfaces are the methods of the interfaces that this package declares, by
// name.
func (f *Flow) Interfaces() map[string][]*types.Func {
	methods := map[string][]*types.Func{}
	scope := f.Pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		iface, ok := tn.Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for m := range iface.Methods() {
			if m.Pkg() == f.Pass.Pkg {
				methods[m.Name()] = append(methods[m.Name()], m)
			}
		}
	}
	return methods
}

// FunctionsIn are the functions that a variable is known to hold.
func (e *Flow) FunctionsIn(v *types.Var) []ast.Node {
	var fns []ast.Node
	for _, held := range e.Given[v] {
		switch f := e.FuncNamed(held).(type) {
		case *ast.FuncLit:
			fns = append(fns, f)
		case *types.Func:
			if decl := e.funcs[f]; decl != nil {
				fns = append(fns, decl)
			}
		}
	}
	return fns
}

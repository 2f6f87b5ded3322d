package flow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// ReturnsOf are the return statements of fn itself.
func ReturnsOf(fn ast.Node) []*ast.ReturnStmt {
	body := BodyOf(fn)
	if body == nil {
		return nil
	}
	var rs []*ast.ReturnStmt
	ast.Inspect(body, func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok {
			rs = append(rs, ret)
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return rs
}

// Returns are the expressions that fn returns as its i-th result.
func (f *Flow) Returns(fn ast.Node, i int) []ast.Expr {
	var xs []ast.Expr
	for _, ret := range ReturnsOf(fn) {
		switch {
		case i < len(ret.Results) && (len(ret.Results) > 1 || i == 0):
			xs = append(xs, ret.Results[i])
		case len(ret.Results) == 0:
			if name := ResultName(fn, i); name != nil {
				xs = append(xs, name)
			}
		}
	}
	return xs
}

// ResultName is the name of a result of fn at an index, or nil.
func ResultName(fn ast.Node, i int) *ast.Ident {
	t := FuncType(fn)
	if t == nil || t.Results == nil {
		return nil
	}
	for _, field := range t.Results.List {
		for _, name := range field.Names {
			if i == 0 {
				return name
			}
			i--
		}
	}
	return nil
}

// Enclosing is the function that call stands in: a declaration, a literal, or
// nil.
func (f *Flow) Enclosing(call *ast.CallExpr) ast.Node { return f.inside[call] }

// Parameter is the function that declares v as a parameter, and its index.
func (f *Flow) Parameter(v *types.Var) (fn ast.Node, i int, ok bool) {
	known := f.Vars[v]
	if known == nil || known.Param < 0 {
		return nil, 0, false
	}
	return known.Fn, known.Param, true
}

// ParameterAt is the parameter of fn at an index, or nil: one without a name is
// no variable.
func (f *Flow) ParameterAt(fn ast.Node, i int) *types.Var {
	t := FuncType(fn)
	if t == nil {
		return nil
	}
	for _, field := range t.Params.List {
		for _, name := range field.Names {
			if i == 0 {
				v, _ := f.Info.Defs[name].(*types.Var)
				return v
			}
			i--
		}
		if len(field.Names) == 0 {
			i--
		}
	}
	return nil
}

// CallsOf are the calls of a function in this package: by its name, through
// variables that hold it, and through interfaces that its receiver implements.
func (f *Flow) CallsOf(fn ast.Node) []*ast.CallExpr {
	var calls []*ast.CallExpr
	var key any = fn
	if decl, ok := fn.(*ast.FuncDecl); ok {
		obj, ok := f.Info.Defs[decl.Name].(*types.Func)
		if !ok {
			return nil
		}
		key = obj
		for _, m := range f.interfaceMethods(obj) {
			calls = append(calls, f.calls[m]...)
		}
	}
	calls = append(calls, f.calls[key]...)
	for i, v := range f.kept[key] {
		if !slices.Contains(f.kept[key][:i], v) {
			calls = append(calls, f.calls[v]...)
		}
	}
	return calls
}

// interfaceMethods are the interface methods called in this package that m
// implements.
func (f *Flow) interfaceMethods(m *types.Func) []*types.Func {
	if m.Signature().Recv() == nil {
		return nil
	}
	var ms []*types.Func
	for key := range f.calls {
		if im, ok := key.(*types.Func); ok && im.Name() == m.Name() && im != m && Implements(m, im) {
			ms = append(ms, im)
		}
	}
	slices.SortFunc(ms, func(a, b *types.Func) int {
		return cmp.Or(cmp.Compare(a.FullName(), b.FullName()), cmp.Compare(a.Pos(), b.Pos()))
	})
	return ms
}

// FuncType is the type of a declared function or a literal, or nil.
func FuncType(fn ast.Node) *ast.FuncType {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Type
	case *ast.FuncLit:
		return fn.Type
	}
	return nil
}

// BodyOf is the body of a declared function or a literal, or nil: one in
// assembly has none.
func BodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

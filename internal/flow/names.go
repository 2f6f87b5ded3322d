package flow

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// NameOf is the name of an object within its package: "Open", "DB.Open" of a
// method, "Config.URL" of a field; "" of a field of no declared struct.
func NameOf(obj types.Object) string {
	owner := ""
	switch obj := obj.(type) {
	case *types.Func:
		recv := obj.Signature().Recv()
		if recv == nil {
			return obj.Name()
		}
		if named := NamedOf(recv.Type()); named != nil {
			owner = named.Obj().Name()
		}
	case *types.Var:
		if !obj.IsField() {
			return obj.Name()
		}
		if owner = ownerOf(obj); owner == "" {
			return ""
		}
	}
	return owner + "." + obj.Name()
}

// ownerOf is the exported name of the struct that declares a field or, of a
// struct without a name, of the variable that is one; "" where it has none.
func ownerOf(field *types.Var) string {
	scope, owner := field.Pkg().Scope(), ""
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		st, ok := obj.Type().Underlying().(*types.Struct)
		if !ok || !obj.Exported() || !slices.Contains(slices.Collect(st.Fields()), field) {
			continue
		}
		if _, isType := obj.(*types.TypeName); isType {
			return name
		}
		if _, isVar := obj.(*types.Var); isVar && owner == "" {
			owner = name
		}
	}
	return owner
}

// Declarations are the functions that the package declares, in the order of
// the source.
func (x *Flow) Declarations() []*ast.FuncDecl {
	return slices.SortedFunc(maps.Values(x.funcs), func(a, b *ast.FuncDecl) int { return cmp.Compare(a.Pos(), b.Pos()) })
}

// Called is how a call names its function, without arguments: they may hold a
// secret.
func Called(call *ast.CallExpr) string {
	name := types.ExprString(call.Fun)
	if len(name) > 40 || strings.ContainsAny(name, "\"`({\n") {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return sel.Sel.Name
		}
	}
	return name
}

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
		if owner = owners(obj.Pkg())[obj]; owner == "" {
			return ""
		}
	}
	return owner + "." + obj.Name()
}

// LastOf is the last word of such a name: what the code calls it by.
func LastOf(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// NameOf is the function of that name, for one object after another.
func (x *Flow) NameOf(obj types.Object) string {
	v, ok := obj.(*types.Var)
	if !ok || !v.IsField() {
		return NameOf(obj)
	}
	names, ok := x.owners[v.Pkg()]
	if !ok {
		names = owners(v.Pkg())
		x.owners[v.Pkg()] = names
	}
	if names[v] == "" {
		return ""
	}
	return names[v] + "." + v.Name()
}

// owners are the exported names of the structs that declare a package's fields
// or, of a struct without a name, of the variable that is one.
func owners(pkg *types.Package) map[*types.Var]string {
	named, vars := map[*types.Var]string{}, map[*types.Var]string{}
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		st, ok := obj.Type().Underlying().(*types.Struct)
		if !ok || !obj.Exported() {
			continue
		}
		of := named
		switch obj.(type) {
		case *types.TypeName:
		case *types.Var:
			of = vars
		default:
			continue
		}
		for f := range st.Fields() {
			if of[f] == "" {
				of[f] = name
			}
		}
	}
	maps.Copy(vars, named)
	return vars
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

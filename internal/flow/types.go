package flow

import (
	"go/ast"
	"go/types"
	"slices"
)

func IsString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func IsContext(t types.Type) bool {
	named := NamedOf(t)
	return named != nil && named.Obj().Name() == "Context" && named.Obj().Pkg() != nil &&
		named.Obj().Pkg().Path() == "context"
}

func IsError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

func IsAny(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	return ok && iface.Empty()
}

func IsAnySlice(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && IsAny(s.Elem())
}

func IsInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// MethodOf is the method of t with a name, or nil.
func MethodOf(t types.Type, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	fn, _ := obj.(*types.Func)
	return fn
}

// TypeOf is the type of x, never nil: code that does not compile has
// expressions without one.
func TypeOf(info *types.Info, x ast.Expr) types.Type {
	if t := info.TypeOf(x); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// NamedOf strips pointers and aliases down to a named type, or nil.
func NamedOf(t types.Type) *types.Named {
	for {
		switch u := types.Unalias(t).(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Named:
			return u.Origin()
		default:
			return nil
		}
	}
}

// IsNamed reports whether t, or what it points to, is one of the types
// "pkg.Name".
func IsNamed(t types.Type, names ...string) bool {
	pkg, name := TypeName(t)
	return pkg != "" && slices.Contains(names, pkg+"."+name)
}

// TypeName is the package and the name of t, or of what it points to.
func TypeName(t types.Type) (pkg, name string) {
	if t == nil {
		return "", ""
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return "", ""
	}
	return named.Obj().Pkg().Path(), named.Obj().Name()
}

// StructOf is the struct that t, or what it points to, is, or nil.
func StructOf(t types.Type) *types.Struct {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

package flow

import (
	"go/ast"
	"go/types"
)

// write notes what a call writes to a strings.Builder or bytes.Buffer.
func (x *Flow) write(n *ast.CallExpr, f *types.Func, fn ast.Node) {
	pkg := f.Pkg()
	if pkg == nil || !Complete(n, f) {
		return
	}
	switch pkg.Path() {
	case "strings", "bytes":
		sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
		if !ok || f.Signature().Recv() == nil {
			return
		}
		switch f.Name() {
		case "WriteString", "Write", "WriteByte", "WriteRune":
			x.define(sel.X, &Def{Kind: DefAppend, Expr: n.Args[0], Node: n}, fn)
		case "Reset":
			x.define(sel.X, &Def{Node: n}, fn)
		}
	case "text/template", "html/template":
		if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && (f.Name() == "Execute" || f.Name() == "ExecuteTemplate") {
			x.define(n.Args[0], &Def{Kind: DefAppend, Expr: sel.X, Node: n}, fn)
		}
	case "fmt":
		switch f.Name() {
		case "Fprintf", "Fprint", "Fprintln":
			x.define(n.Args[0], &Def{Kind: DefPrint, Expr: n, Node: n}, fn)
		}
	case "io":
		if f.Name() == "WriteString" && len(n.Args) == 2 { // not (io.StringWriter).WriteString(s)
			x.define(n.Args[0], &Def{Kind: DefAppend, Expr: n.Args[1], Node: n}, fn)
		}
	}
}

// Complete reports whether a call has an argument for each parameter: not one
// in f(g()), nor in code that does not compile.
func Complete(n *ast.CallExpr, f *types.Func) bool {
	fixed := f.Signature().Params().Len()
	if f.Signature().Variadic() {
		fixed--
	}
	return len(n.Args) >= fixed
}

// Carries reports whether a variable of type t can carry text or a function.
func (x *Flow) Carries(t types.Type) bool {
	ok, known := x.text[t]
	if !known {
		ok = x.carriesText(t, map[types.Type]bool{})
		x.text[t] = ok
	}
	return ok
}

// carriesText looks at each type once, as some hold themselves. What it says
// of the types within is said of them as a part of the first alone.
func (x *Flow) carriesText(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	if named, ok := types.Unalias(t).(*types.Named); ok && isBuilder(named) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0 || u.Kind() == types.Byte || u.Kind() == types.Invalid
	case *types.Slice:
		return x.carriesText(u.Elem(), seen)
	case *types.Array:
		return x.carriesText(u.Elem(), seen)
	case *types.Map:
		return x.carriesText(u.Elem(), seen) || x.carriesText(u.Key(), seen)
	case *types.Pointer:
		return x.carriesText(u.Elem(), seen)
	case *types.Signature:
		return true
	case *types.Interface:
		return u.NumMethods() == 0
	}
	return false
}

func isBuilder(named *types.Named) bool {
	obj := named.Obj()
	if obj.Pkg() == nil {
		return false
	}
	switch obj.Pkg().Path() + "." + obj.Name() {
	case "strings.Builder", "bytes.Buffer", "text/template.Template", "html/template.Template":
		return true
	}
	return false
}

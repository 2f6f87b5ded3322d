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
	switch pkg.Path() + "." + f.Name() {
	case "strings.WriteString", "strings.WriteByte", "strings.WriteRune", "strings.Write",
		"bytes.WriteString", "bytes.WriteByte", "bytes.WriteRune", "bytes.Write":
		if sel := selected(n, f); sel != nil {
			x.define(sel, &Def{Kind: DefAppend, Expr: n.Args[0], Node: n}, fn)
		}
	case "strings.Reset", "bytes.Reset":
		if sel := selected(n, f); sel != nil {
			x.define(sel, &Def{Node: n}, fn)
		}
	case "text/template.Execute", "text/template.ExecuteTemplate", "html/template.Execute", "html/template.ExecuteTemplate":
		if sel := selected(n, f); sel != nil {
			x.define(n.Args[0], &Def{Kind: DefAppend, Expr: sel, Node: n}, fn)
		}
	case "fmt.Fprintf", "fmt.Fprint", "fmt.Fprintln":
		x.define(n.Args[0], &Def{Kind: DefPrint, Expr: n, Node: n}, fn)
	case "io.WriteString":
		if len(n.Args) == 2 { // not (io.StringWriter).WriteString(s)
			x.define(n.Args[0], &Def{Kind: DefAppend, Expr: n.Args[1], Node: n}, fn)
		}
	default:
		if pkg != x.Pass.Pkg || types.IsInterface(receiver(f)) { // else fill says what it writes
			x.handOn(n, f, fn)
		}
	}
}

// selected is x in the method call x.f().
func selected(n *ast.CallExpr, f *types.Func) ast.Expr {
	if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && f.Signature().Recv() != nil {
		return sel.X
	}
	return nil
}

// handOn notes what may be written to a builder by a function whose body is not
// here: something that no one knows.
func (x *Flow) handOn(n *ast.CallExpr, f *types.Func, fn ast.Node) {
	for i, arg := range n.Args {
		if p := ParameterOf(f, i); p != nil && isWriter(p.Type()) && isWriter(TypeOf(x.Info, arg)) {
			x.define(arg, &Def{Kind: DefAppend, Node: n}, fn)
		}
	}
}

// isWriter reports whether text can be written through a value of type t: a
// pointer to a builder, or an interface such as io.Writer.
func isWriter(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		named, ok := types.Unalias(p.Elem()).(*types.Named)
		return ok && isBuilder(named)
	}
	if t == nil || !types.IsInterface(t) {
		return false
	}
	for _, name := range []string{"Write", "WriteString"} {
		if m, _, _ := types.LookupFieldOrMethod(t, false, nil, name); m != nil {
			return true
		}
	}
	return false
}

// receiver is the type whose method f is, or none.
func receiver(f *types.Func) types.Type {
	if r := f.Signature().Recv(); r != nil {
		return r.Type()
	}
	return types.Typ[types.Invalid]
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

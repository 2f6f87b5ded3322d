package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// Index is what one walk over a package notes, so that an expression can be
// followed to where its values come from and a function to where it is called.
type Index struct {
	Info        *types.Info
	Consts      map[*types.Const]ast.Expr
	Vars        map[*types.Var]*Variable
	funcs       map[*types.Func]*ast.FuncDecl // declared here
	calls       map[any][]*ast.CallExpr       // by *types.Func, *types.Var or *ast.FuncLit
	order       []*ast.CallExpr
	inside      map[*ast.CallExpr]ast.Node // the function that a call stands in
	methods     map[string][]*types.Func   // by name, once asked for
	implemented map[*types.Func][]ast.Node // by methods of interfaces, once asked for
	kept        map[any][]*types.Var       // where a *types.Func or *ast.FuncLit is kept as a value
	Held        map[*types.Var][]ast.Expr  // the functions that a variable or parameter is given
	defined     map[ast.Node][]*Def        // the definitions that a statement or a call makes
	flows       map[ast.Node]*controlFlow  // of functions, once asked for
	text        map[types.Type]bool
}

// Variable is a local or package variable, a parameter, or a field; of a field,
// the definitions are those of all its structs.
type Variable struct {
	Defs  []*Def
	Fn    ast.Node // the *ast.FuncDecl or *ast.FuncLit that declares it
	Param int      // its index among fn's parameters, -1 for other variables
}

func (known *Variable) define(v *types.Var, d *Def) {
	d.of = v
	known.Defs = append(known.Defs, d)
}

// Def is one definition of a variable.
type Def struct {
	Kind   defKind
	Expr   ast.Expr // the value; of defRange what is ranged over; nil for unknown
	result int      // of a call with several results, which
	param  *types.Var
	Node   ast.Node

	of    *types.Var
	order int    // among the definitions of its variable
	prev  []*Def // of defAppend, once flow has been followed: what it appends to
}

type defKind uint8

const (
	DefValue   defKind = iota
	defAppend          // v += expr, b.WriteString(expr)
	defPrint           // fmt.Fprintf(&b, …): expr is the call
	defElement         // v[i] = expr
	defRange           // for _, v = range expr
	defKey             // for v = range expr
	defParam           // the parameter that v is
	defFilled          // f(&v): expr is the call, param what v is there
)

func newIndex(info *types.Info, in *inspector.Inspector) *Index {
	x := &Index{
		Info:        info,
		Consts:      map[*types.Const]ast.Expr{},
		Vars:        map[*types.Var]*Variable{},
		funcs:       map[*types.Func]*ast.FuncDecl{},
		calls:       map[any][]*ast.CallExpr{},
		inside:      map[*ast.CallExpr]ast.Node{},
		implemented: map[*types.Func][]ast.Node{},
		kept:        map[any][]*types.Var{},
		Held:        map[*types.Var][]ast.Expr{},
		defined:     map[ast.Node][]*Def{},
		flows:       map[ast.Node]*controlFlow{},
		text:        map[types.Type]bool{},
	}
	var fns []ast.Node
	kinds := []ast.Node{
		(*ast.FuncDecl)(nil), (*ast.FuncLit)(nil), (*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil),
		(*ast.RangeStmt)(nil), (*ast.TypeSwitchStmt)(nil), (*ast.CompositeLit)(nil), (*ast.CallExpr)(nil),
	}
	in.Nodes(kinds, func(n ast.Node, push bool) bool {
		isFunc := false
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			isFunc = true
		}
		if !push {
			if isFunc {
				fns = fns[:len(fns)-1]
			}
			return true
		}
		if isFunc {
			fns = append(fns, n)
		}
		var fn ast.Node
		if len(fns) > 0 {
			fn = fns[len(fns)-1]
		}
		x.note(n, fn)
		return true
	})
	x.fill()
	return x
}

func (x *Index) note(n, fn ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if f, ok := x.Info.Defs[n.Name].(*types.Func); ok {
			x.funcs[f] = n
		}
		x.parameters(n.Type, n)
	case *ast.FuncLit:
		x.parameters(n.Type, n)
	case *ast.ValueSpec:
		x.valueSpec(n, fn)
	case *ast.AssignStmt:
		x.assign(n, fn)
	case *ast.RangeStmt:
		x.define(n.Key, &Def{Kind: defKey, Expr: n.X, Node: n}, fn)
		x.define(n.Value, &Def{Kind: defRange, Expr: n.X, Node: n}, fn)
	case *ast.CompositeLit:
		x.composite(n)
	case *ast.TypeSwitchStmt:
		x.typeSwitch(n, fn)
	case *ast.CallExpr:
		x.call(n, fn)
	}
}

// typeSwitch notes the variable that each clause of switch x := y.(type) has.
func (x *Index) typeSwitch(n *ast.TypeSwitchStmt, fn ast.Node) {
	assign, ok := n.Assign.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return
	}
	for _, clause := range n.Body.List {
		if v, ok := x.Info.Implicits[clause].(*types.Var); ok {
			x.Vars[v] = &Variable{Fn: fn, Param: -1}
			x.Vars[v].define(v, &Def{Expr: assign.Rhs[0], Node: clause})
		}
	}
}

func (x *Index) parameters(t *ast.FuncType, fn ast.Node) {
	i := 0
	for _, f := range t.Params.List {
		for _, name := range f.Names {
			if v, ok := x.Info.Defs[name].(*types.Var); ok {
				x.Vars[v] = &Variable{Fn: fn, Param: i}
			}
			i++
		}
		if len(f.Names) == 0 {
			i++
		}
	}
	if t.Results == nil {
		return
	}
	for _, f := range t.Results.List {
		for _, name := range f.Names {
			if v, ok := x.Info.Defs[name].(*types.Var); ok {
				x.Vars[v] = &Variable{Fn: fn, Param: -1}
			}
		}
	}
}

func (x *Index) valueSpec(n *ast.ValueSpec, fn ast.Node) {
	for i, name := range n.Names {
		var value ast.Expr
		result := 0
		switch {
		case len(n.Values) == len(n.Names):
			value = n.Values[i]
		case len(n.Values) == 1:
			value, result = n.Values[0], i
		}
		if c, ok := x.Info.Defs[name].(*types.Const); ok {
			if value != nil {
				x.Consts[c] = value
			}
			continue
		}
		if value == nil {
			x.declare(name, fn)
			continue
		}
		x.define(name, &Def{Expr: value, result: result, Node: n}, fn)
	}
}

func (x *Index) assign(n *ast.AssignStmt, fn ast.Node) {
	for i, lhs := range n.Lhs {
		d := &Def{Node: n}
		if len(n.Rhs) == len(n.Lhs) {
			d.Expr = n.Rhs[i]
		} else {
			d.Expr, d.result = n.Rhs[0], i
		}
		switch n.Tok {
		case token.ASSIGN, token.DEFINE:
		case token.ADD_ASSIGN:
			d.Kind = defAppend
		default:
			continue
		}
		if ix, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok {
			d.Kind = defElement
			lhs = ix.X
		}
		x.define(lhs, d, fn)
	}
}

// define notes d for the variable or field that lhs names.
func (x *Index) define(lhs ast.Expr, d *Def, fn ast.Node) {
	v := x.declare(lhs, fn)
	if v == nil {
		return
	}
	x.Vars[v].define(v, d)
	x.defined[d.Node] = append(x.defined[d.Node], d)
	x.keep(v, d.Expr)
}

// declare is the variable or field that lhs names, noted.
func (x *Index) declare(lhs ast.Expr, fn ast.Node) *types.Var {
	v := x.variable(lhs)
	if v == nil {
		return nil
	}
	if x.Vars[v] == nil {
		if v.IsField() {
			fn = nil
		}
		x.Vars[v] = &Variable{Fn: fn, Param: -1}
	}
	return v
}

// variable is the variable or field that e names, or nil.
func (x *Index) variable(e ast.Expr) *types.Var {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return x.variable(e.X)
	case *ast.StarExpr:
		return x.variable(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return x.variable(e.X)
		}
	case *ast.Ident:
		v, _ := x.Info.ObjectOf(e).(*types.Var)
		return v
	case *ast.SelectorExpr:
		if v, ok := x.Info.Uses[e.Sel].(*types.Var); ok {
			return v.Origin()
		}
	}
	return nil
}

func (x *Index) composite(n *ast.CompositeLit) {
	t := x.Info.TypeOf(n)
	if t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem() // &T elided in a slice or map
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, elt := range n.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok {
				x.define(key, &Def{Expr: kv.Value, Node: kv}, nil)
			}
			continue
		}
		if i >= st.NumFields() {
			return
		}
		f := st.Field(i).Origin()
		if x.Vars[f] == nil {
			x.Vars[f] = &Variable{Param: -1}
		}
		x.Vars[f].define(f, &Def{Expr: elt, Node: elt})
		x.keep(f, elt)
	}
}

// keep notes that v holds the function that e is, if it is one.
func (x *Index) keep(v *types.Var, e ast.Expr) {
	if f := x.FuncNamed(e); f != nil {
		x.kept[f] = append(x.kept[f], v)
		x.Held[v] = append(x.Held[v], e)
	}
}

// FuncNamed is the *types.Func or *ast.FuncLit that e is as a value, or nil.
func (x *Index) FuncNamed(e ast.Expr) any {
	if e == nil {
		return nil
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		return e
	case *ast.Ident:
		if f, ok := x.Info.Uses[e].(*types.Func); ok {
			return f.Origin()
		}
	case *ast.SelectorExpr:
		if f, ok := x.Info.Uses[e.Sel].(*types.Func); ok {
			return f.Origin()
		}
	}
	return nil
}

// call notes a call under what it calls, what its arguments hand on, and what
// it writes to a builder.
func (x *Index) call(n *ast.CallExpr, fn ast.Node) {
	callee := x.Target(n)
	if callee == nil {
		return
	}
	x.order = append(x.order, n)
	x.calls[callee] = append(x.calls[callee], n)
	x.inside[n] = fn
	for i, arg := range n.Args {
		if p := parameter(callee, i); p != nil {
			x.keep(p, arg)
		}
	}
	if f, ok := callee.(*types.Func); ok {
		x.write(n, f, fn)
	}
}

// callee is the *types.Func, func-typed *types.Var or *ast.FuncLit that n calls.
func (x *Index) Target(n *ast.CallExpr) any {
	if lit, ok := ast.Unparen(n.Fun).(*ast.FuncLit); ok {
		return lit
	}
	switch obj := typeutil.Callee(x.Info, n).(type) {
	case *types.Func:
		return obj.Origin()
	case *types.Var:
		return obj.Origin()
	}
	return nil
}

// parameter is the i-th parameter of a function that is known by its object.
func parameter(callee any, i int) *types.Var {
	f, ok := callee.(*types.Func)
	if !ok {
		return nil
	}
	params := f.Signature().Params()
	switch {
	case i < params.Len():
		return params.At(i)
	case f.Signature().Variadic():
		return params.At(params.Len() - 1)
	}
	return nil
}

// write notes what a call writes to a strings.Builder or bytes.Buffer.
func (x *Index) write(n *ast.CallExpr, f *types.Func, fn ast.Node) {
	pkg := f.Pkg()
	if pkg == nil || !complete(n, f) {
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
			x.define(sel.X, &Def{Kind: defAppend, Expr: n.Args[0], Node: n}, fn)
		case "Reset":
			x.define(sel.X, &Def{Node: n}, fn)
		}
	case "text/template", "html/template":
		if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && (f.Name() == "Execute" || f.Name() == "ExecuteTemplate") {
			x.define(n.Args[0], &Def{Kind: defAppend, Expr: sel.X, Node: n}, fn)
		}
	case "fmt":
		switch f.Name() {
		case "Fprintf", "Fprint", "Fprintln":
			x.define(n.Args[0], &Def{Kind: defPrint, Expr: n, Node: n}, fn)
		}
	case "io":
		if f.Name() == "WriteString" && len(n.Args) == 2 { // not (io.StringWriter).WriteString(s)
			x.define(n.Args[0], &Def{Kind: defAppend, Expr: n.Args[1], Node: n}, fn)
		}
	}
}

// complete reports whether a call has an argument for each parameter: not one
// in f(g()), nor in code that does not compile.
func complete(n *ast.CallExpr, f *types.Func) bool {
	fixed := f.Signature().Params().Len()
	if f.Signature().Variadic() {
		fixed--
	}
	return len(n.Args) >= fixed
}

// Carries reports whether a variable of type t can carry text or a function.
func (x *Index) Carries(t types.Type) bool {
	ok, known := x.text[t]
	if !known {
		ok = x.carriesText(t, map[types.Type]bool{})
		x.text[t] = ok
	}
	return ok
}

// carriesText looks at each type once, as some hold themselves. What it says
// of the types within is said of them as a part of the first alone.
func (x *Index) carriesText(t types.Type, seen map[types.Type]bool) bool {
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

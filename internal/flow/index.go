// Package flow follows values through a Go package: definitions and uses, control
// flow, which functions a call can run, and what makes a value.
package flow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// Flow is what one walk over a package notes, so that an expression can be
// followed to where its values come from and a function to where it is called.
type Flow struct {
	Pass        *analysis.Pass
	Info        *types.Info
	Consts      map[*types.Const]ast.Expr
	Vars        map[*types.Var]*Variable
	Elements    []*Def // m[k] = v, in the order of the source
	Literals    []*ast.CompositeLit
	fields      map[string][]*types.Var       // that are set, by name, once asked for
	funcs       map[*types.Func]*ast.FuncDecl // declared here
	calls       map[any][]*ast.CallExpr       // by *types.Func, *types.Var or *ast.FuncLit
	order       []*ast.CallExpr
	inside      map[*ast.CallExpr]ast.Node // the function that a call stands in
	methods     map[string][]*types.Func   // by name, once asked for
	implemented map[*types.Func][]ast.Node // by methods of interfaces, once asked for
	kept        map[any][]*types.Var       // where a *types.Func or *ast.FuncLit is kept as a value
	Given       map[*types.Var][]ast.Expr  // the functions that a variable or parameter is given
	defined     map[ast.Node][]*Def        // the definitions that a statement or a call makes
	flows       map[ast.Node]*controlFlow  // of functions, once asked for
	reached     map[*types.Var]reached
	unread      map[ast.Node]bool                   // functions that are too large to follow their variables in
	naming      map[types.Object][]*ast.Ident       // once asked for
	parents     map[*ast.File]map[ast.Node]ast.Node // once asked for
	text        map[types.Type]bool
	owners      map[*types.Package]map[*types.Var]string // of fields, once asked for
	defaults    *defaults                                // once asked for
}

// Variable is a local or package variable, a parameter, or a field; of a field,
// the definitions are those of all its structs.
type Variable struct {
	Defs  []*Def
	Fn    ast.Node // the *ast.FuncDecl or *ast.FuncLit that declares it
	Param int      // its index among fn's parameters, -1 for other variables
}

func (known *Variable) define(v *types.Var, d *Def) {
	d.Of = v
	known.Defs = append(known.Defs, d)
}

// Def is one definition of a variable.
type Def struct {
	Kind   defKind
	Expr   ast.Expr // the value; of defRange what is ranged over; nil for unknown
	Result int      // of a call with several results, which
	Param  *types.Var
	Node   ast.Node

	Base ast.Expr // of a field: the struct, or the literal of one; of an element: the map or slice
	Key  ast.Expr // the name of a field as the code has it; the index of an element

	Of    *types.Var
	order int    // among the definitions of its variable
	Prev  []*Def // of defAppend, once flow has been followed: what it appends to
}

type defKind uint8

const (
	DefValue   defKind = iota
	DefAppend          // v += expr, b.WriteString(expr); expr may be unknown
	DefPrint           // fmt.Fprintf(&b, …): expr is the call
	DefElement         // v[i] = expr
	DefRange           // for _, v = range expr
	DefKey             // for v = range expr
	DefParam           // the parameter that v is
	DefFilled          // f(&v): expr is the call, param what v is there
)

// New indexes a package: in is its inspector.
func New(pass *analysis.Pass, in *inspector.Inspector) *Flow {
	x := &Flow{
		Pass:        pass,
		reached:     map[*types.Var]reached{},
		Info:        pass.TypesInfo,
		Consts:      map[*types.Const]ast.Expr{},
		Vars:        map[*types.Var]*Variable{},
		funcs:       map[*types.Func]*ast.FuncDecl{},
		calls:       map[any][]*ast.CallExpr{},
		inside:      map[*ast.CallExpr]ast.Node{},
		implemented: map[*types.Func][]ast.Node{},
		kept:        map[any][]*types.Var{},
		Given:       map[*types.Var][]ast.Expr{},
		defined:     map[ast.Node][]*Def{},
		flows:       map[ast.Node]*controlFlow{},
		text:        map[types.Type]bool{},
		owners:      map[*types.Package]map[*types.Var]string{},
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

func (x *Flow) note(n, fn ast.Node) {
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
		x.define(n.Key, &Def{Kind: DefKey, Expr: n.X, Node: n}, fn)
		x.define(n.Value, &Def{Kind: DefRange, Expr: n.X, Node: n}, fn)
	case *ast.CompositeLit:
		x.composite(n)
	case *ast.TypeSwitchStmt:
		x.typeSwitch(n, fn)
	case *ast.CallExpr:
		x.call(n, fn)
	}
}

// typeSwitch notes the variable that each clause of switch x := y.(type) has.
func (x *Flow) typeSwitch(n *ast.TypeSwitchStmt, fn ast.Node) {
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

func (x *Flow) parameters(t *ast.FuncType, fn ast.Node) {
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

// keep notes that v holds the function that e is, if it is one.
func (x *Flow) keep(v *types.Var, e ast.Expr) {
	if f := x.FuncNamed(e); f != nil {
		x.kept[f] = append(x.kept[f], v)
		x.Given[v] = append(x.Given[v], e)
	}
}

// FuncNamed is the *types.Func or *ast.FuncLit that e is as a value, or nil.
func (x *Flow) FuncNamed(e ast.Expr) any {
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
func (x *Flow) call(n *ast.CallExpr, fn ast.Node) {
	callee := x.Target(n)
	if callee == nil {
		return
	}
	x.order = append(x.order, n)
	x.calls[callee] = append(x.calls[callee], n)
	x.inside[n] = fn
	for i, arg := range n.Args {
		if p := ParameterOf(callee, i); p != nil {
			x.keep(p, arg)
		}
	}
	if f, ok := callee.(*types.Func); ok {
		x.write(n, f, fn)
	}
}

// Target is the *types.Func, func-typed *types.Var or *ast.FuncLit that n calls.
func (x *Flow) Target(n *ast.CallExpr) any {
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

// ParameterOf is the i-th parameter of a function that is known by its object.
func ParameterOf(callee any, i int) *types.Var {
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

// FieldDefs are the definitions of the fields of a name, whatever structs have
// it, in the order of the source.
func (x *Flow) FieldDefs(name string) []*Def {
	if x.fields == nil {
		x.fields = map[string][]*types.Var{}
		for v, known := range x.Vars {
			if v.IsField() && len(known.Defs) > 0 {
				x.fields[v.Name()] = append(x.fields[v.Name()], v)
			}
		}
	}
	var defs []*Def
	for _, v := range x.fields[name] {
		for _, d := range x.Vars[v].Defs {
			if d.Base != nil {
				defs = append(defs, d)
			}
		}
	}
	slices.SortFunc(defs, func(a, b *Def) int { return cmp.Compare(a.Node.Pos(), b.Node.Pos()) })
	return defs
}

// ValuesOf are the definitions of a variable or field by a value of its own,
// none of no variable.
func (x *Flow) ValuesOf(v *types.Var) []*Def {
	if v == nil {
		return nil
	}
	known := x.Vars[v.Origin()]
	if known == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(known.Defs), func(d *Def) bool { return d.Kind != DefValue || d.Expr == nil })
}

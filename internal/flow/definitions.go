package flow

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (x *Flow) valueSpec(n *ast.ValueSpec, fn ast.Node) {
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
		x.define(name, &Def{Expr: value, Result: result, Node: n}, fn)
	}
}

func (x *Flow) assign(n *ast.AssignStmt, fn ast.Node) {
	for i, lhs := range n.Lhs {
		d := &Def{Node: n}
		if len(n.Rhs) == len(n.Lhs) {
			d.Expr = n.Rhs[i]
		} else {
			d.Expr, d.Result = n.Rhs[0], i
		}
		switch n.Tok {
		case token.ASSIGN, token.DEFINE:
		case token.ADD_ASSIGN:
			d.Kind = DefAppend
		default:
			continue
		}
		switch to := ast.Unparen(lhs).(type) {
		case *ast.IndexExpr:
			d.Kind, d.Base, d.Key = DefElement, to.X, to.Index
			x.Elements = append(x.Elements, d)
			lhs = to.X
		case *ast.SelectorExpr:
			d.Base, d.Key = to.X, to.Sel
		}
		x.define(lhs, d, fn)
	}
}

// define notes d for the variable or field that lhs names.
func (x *Flow) define(lhs ast.Expr, d *Def, fn ast.Node) {
	v := x.declare(lhs, fn)
	if v == nil {
		return
	}
	x.Vars[v].define(v, d)
	x.defined[d.Node] = append(x.defined[d.Node], d)
	x.keep(v, d.Expr)
}

// declare is the variable or field that lhs names, noted.
func (x *Flow) declare(lhs ast.Expr, fn ast.Node) *types.Var {
	v := x.VariableOf(lhs)
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

// VariableOf is the variable or field that e names, or nil.
func (x *Flow) VariableOf(e ast.Expr) *types.Var {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return x.VariableOf(e.X)
	case *ast.StarExpr:
		return x.VariableOf(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return x.VariableOf(e.X)
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

func (x *Flow) composite(n *ast.CompositeLit) {
	x.Literals = append(x.Literals, n)
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
				x.define(key, &Def{Expr: kv.Value, Node: kv, Base: n, Key: key}, nil)
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
		x.Vars[f].define(f, &Def{Expr: elt, Node: elt, Base: n, Key: elt})
		x.keep(f, elt)
	}
}

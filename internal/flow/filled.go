package flow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// A helper often fills what it is given: a builder, a *string, a map or a slice.

// fill notes the calls that fill a variable or a field, by what the function
// that is called does to its parameter, itself or by further helpers.
func (x *Flow) fill() {
	var todo []*types.Var
	for v := range x.Vars {
		if x.isFilled(v) {
			todo = append(todo, v)
		}
	}
	seen, changed := map[*types.Var]bool{}, map[*types.Var]bool{}
	for ; len(todo) > 0; todo = todo[1:] {
		param := todo[0]
		if seen[param] {
			continue
		}
		seen[param] = true
		known := x.Vars[param]
		for _, call := range x.callsTo(known.Fn) {
			if known.Param >= len(call.Args) {
				continue
			}
			arg := call.Args[known.Param]
			if v := x.VariableOf(arg); v != nil && x.Vars[v] != nil && v != param {
				x.define(arg, &Def{Kind: DefFilled, Expr: call, Param: param, Result: known.Param, Node: call}, x.inside[call])
				changed[v] = true
				if x.isFilled(v) {
					todo = append(todo, v)
				}
			}
		}
	}
	for v := range changed {
		slices.SortStableFunc(x.Vars[v].Defs, func(a, b *Def) int {
			return cmp.Or(cmp.Compare(a.Node.Pos(), b.Node.Pos()), cmp.Compare(a.Result, b.Result))
		})
	}
}

// isFilled reports whether v is a parameter through which a function writes.
func (x *Flow) isFilled(v *types.Var) bool {
	known := x.Vars[v]
	return known.Param >= 0 && slices.ContainsFunc(known.Defs, func(d *Def) bool {
		switch v.Type().Underlying().(type) {
		case *types.Pointer:
			return true
		case *types.Map, *types.Slice:
			return d.Kind == DefElement || d.Kind == DefFilled
		case *types.Interface:
			return d.Kind != DefValue
		}
		return false
	})
}

// callsTo are the calls of a function of this package, by its name or by a
// variable that holds it.
func (x *Flow) callsTo(fn ast.Node) []*ast.CallExpr {
	var key any = fn
	if decl, ok := fn.(*ast.FuncDecl); ok {
		key = x.Info.Defs[decl.Name]
	}
	calls := slices.Clone(x.calls[key])
	for i, v := range x.kept[key] {
		if !slices.Contains(x.kept[key][:i], v) {
			calls = append(calls, x.calls[v]...)
		}
	}
	return calls
}

package driver

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
)

// What the operator says when the program runs may be another connection string
// than the code has, and a key by which it chooses a mode.

const anotherString = "another connection string is given"

// mayBeGiven reports whether one of the strings is not known at all, so that the
// operator may say it. What is made, as a map that is filled later, is none.
func (s *scan) mayBeGiven(cs []connString) bool {
	return slices.ContainsFunc(cs, func(c connString) bool {
		if !c.text.IsHole() || c.text.HasParam() {
			return false
		}
		x, ok := c.text.First().(ast.Expr)
		if !ok {
			return true
		}
		switch flow.TypeOf(s.pass.TypesInfo, x).Underlying().(type) {
		case *types.Map, *types.Slice, *types.Array:
			return false
		}
		return true
	})
}

// choices are the modes of a table of which x is an element by a key that is
// not known, in the order of the source.
func (s *scan) choices(x ast.Expr) (chosen []string) {
	if v, ok := s.flow.ObjectOf(x).(*types.Var); ok {
		defs := s.flow.ValuesOf(v.Origin())
		if len(defs) != 1 || defs[0].Result > 0 {
			return nil // code that chooses by itself may know what for
		}
		x = defs[0].Expr
	}
	index, ok := ast.Unparen(x).(*ast.IndexExpr)
	if !ok {
		return nil
	}
	table := s.flow.Literal(index.X)
	if table == nil {
		return nil
	}
	key := s.info.Types[index.Index].Value
	for _, elt := range table.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		if k := s.info.Types[kv.Key].Value; key != nil && (k == nil || k.ExactString() != key.ExactString()) {
			continue
		}
		if mode, ok := queryMode(s, kv.Value); ok && !slices.Contains(chosen, mode) {
			chosen = append(chosen, mode)
		}
	}
	return chosen
}

package driver

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
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

// choices are the modes of a table of which x can be an element, in the order
// of the source: all of them where the key is not known.
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
	keys := s.keysOf(index.Index)
	for _, elt := range table.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		if k := s.info.Types[kv.Key].Value; keys != nil && (k == nil || !slices.Contains(keys, k.ExactString())) {
			continue
		}
		if mode, ok := queryMode(s, kv.Value); ok && !slices.Contains(chosen, mode) {
			chosen = append(chosen, mode)
		}
	}
	return chosen
}

// keysOf are the values of a key, as constants write them; nil where one is not
// known.
func (s *scan) keysOf(x ast.Expr) (keys []string) {
	if v := s.info.Types[x].Value; v != nil {
		return []string{v.ExactString()}
	}
	for _, t := range s.flow.AllTexts(x) {
		if strings.Contains(t.Value, text.HoleText) {
			return nil
		}
		keys = append(keys, constant.MakeString(t.Value).ExactString())
	}
	return keys
}

package driver

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
)

// What the operator says when the program runs may be another connection string
// than the code has.

const anotherString = "another connection string is given"

// mayBeGiven reports whether one of the strings is not known at all, so that the
// operator may say it. What is made, as a map that is filled later, is none.
func (s *scan) mayBeGiven(cs []connString) bool {
	return slices.ContainsFunc(cs, func(c connString) bool {
		if c.Whole || !c.text.IsHole() || c.text.HasParam() { // "" is whole
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

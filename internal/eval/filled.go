package eval

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// filledBy are the texts that a variable has when a call has filled it: what
// the parameter has at the end of the function, behind what was there before.
func (e *Evaluator) filledBy(d *flow.Def) []text.Text {
	known := e.Vars[d.Param]
	var ts []text.Text
	for _, exit := range e.Reaching(d.Param, known).Exit {
		for _, t := range e.def(exit) {
			ts = e.union(ts, e.substitute(t, known.Fn, d.Expr.(*ast.CallExpr), func(p text.Piece) ([]text.Text, bool) {
				return e.lastDefs(d.Prev), p.Param == d.Param
			}))
		}
	}
	return ts
}

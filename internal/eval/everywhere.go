package eval

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/text"
)

// maxCallsUp is how many calls up a parameter is followed to what fills it.
const maxCallsUp = 8

// Everywhere are the texts that x can be, its parameters filled by what the
// calls in this package pass, as far as there are any.
func (e *Evaluator) Everywhere(x ast.Expr) []text.Text {
	var ts []text.Text
	for _, t := range e.AllTexts(x) {
		ts = e.union(ts, e.everywhere(t, map[*types.Var]bool{}))
	}
	return ts
}

// everywhere fills the holes of t, but for parameters that are being filled.
func (e *Evaluator) everywhere(t text.Text, open map[*types.Var]bool) []text.Text {
	if !t.HasParam() || len(open) >= maxCallsUp {
		return []text.Text{t}
	}
	var operands [][]text.Text
	for _, p := range t.Pieces {
		part := []text.Text{t.Slice(p.Start, p.End)}
		if passed := e.passedTo(p, open); len(passed) > 0 {
			part = passed
		}
		operands = append(operands, part)
	}
	return e.product(operands)
}

// passedTo are the texts that calls pass for the parameter that a hole is.
func (e *Evaluator) passedTo(p text.Piece, open map[*types.Var]bool) []text.Text {
	known := e.Vars[p.Param]
	if p.Param == nil || known == nil || known.Param < 0 || open[p.Param] {
		return nil
	}
	open[p.Param] = true
	defer delete(open, p.Param)
	var ts []text.Text
	for _, call := range e.CallsOf(known.Fn) {
		if known.Param >= len(call.Args) {
			continue
		}
		for _, t := range e.passed(call, known.Param, p) {
			ts = e.union(ts, e.everywhere(t, open))
		}
	}
	return ts
}

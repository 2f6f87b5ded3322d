package eval

import (
	"go/ast"
	"slices"

	"github.com/poolvet/poolvet/internal/text"
)

// replaced is strings.Replace: the new text in each place of the old one, and
// the rest at its own.
func (e *Evaluator) replaced(x *ast.CallExpr) []text.Text {
	return e.replacedIn(e.Texts(x.Args[0]), x.Args[1], x.Args[2])
}

// replacer is what a strings.Replacer makes of an argument.
func (e *Evaluator) replacer(x *ast.CallExpr) []text.Text {
	ts := e.argument(x, 0)
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok {
		return ts
	}
	made := e.MadeBy(sel.X)
	if made == nil {
		return ts
	}
	for i := 0; i+1 < len(made.Args); i += 2 {
		ts = e.replacedIn(ts, made.Args[i], made.Args[i+1])
	}
	return ts
}

func (e *Evaluator) replacedIn(ts []text.Text, old, with ast.Expr) []text.Text {
	was, ok := e.OneText(old)
	if !ok || was == "" {
		return ts
	}
	by := slices.Clone(e.Texts(with))
	for i, t := range by {
		if t.IsHole() {
			by[i] = text.HoleAt(with)
		}
	}
	var all []text.Text
	for _, t := range ts {
		var operands [][]text.Text
		for i, part := range t.Split(was, maxTexts) {
			if i > 0 {
				operands = append(operands, by)
			}
			operands = append(operands, []text.Text{part})
		}
		all = e.union(all, e.product(operands))
	}
	return all
}

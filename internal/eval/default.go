package eval

import (
	"go/ast"
	"go/constant"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// byDefault are the texts that x is by default, and one that is not known: what
// the operator gives. Of a default without a key there is nothing to say.
func (e *Evaluator) byDefault(x ast.Node, defaults []flow.Default) (ts []text.Text) {
	for _, d := range defaults {
		all := []text.Text(nil)
		if d.Tag != nil {
			all = []text.Text{e.literal(d.Tag, constant.StringVal(constant.MakeFromLiteral(d.Tag.Value, d.Tag.Kind, 0))).Slice(d.From, d.To)}
		} else {
			all = e.Texts(d.Expr)
		}
		for _, t := range all {
			if strings.Contains(t.Value, "=") {
				ts = append(ts, t)
			}
		}
	}
	if ts != nil {
		ts = append(ts, text.HoleAt(x))
	}
	return ts
}

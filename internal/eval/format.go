package eval

import (
	"go/ast"
	"go/constant"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/text"
)

// Formatted is what fmt.Sprintf makes of a format and its arguments; nil args
// are not known.
func (e *Evaluator) Formatted(format text.Text, args []ast.Expr, spread bool) []text.Text {
	vs := text.FormatVerbs(format.Value)
	if len(vs) == 0 {
		return []text.Text{format}
	}
	var operands [][]text.Text
	known := func(t text.Text) { operands = append(operands, []text.Text{t}) }
	at := 0
	for _, v := range vs {
		if v.Start > at {
			known(format.Slice(at, v.Start))
		}
		at = v.End
		verb := format.Slice(v.Start, v.End)
		switch {
		case v.Arg < 0:
			known(verb.Slice(0, 1))
		case spread || v.Arg >= len(args):
			known(text.VerbHole(verb))
		default:
			operands = append(operands, e.printed(v, verb, args[v.Arg])...)
		}
	}
	if at < len(format.Value) {
		known(format.Slice(at, len(format.Value)))
	}
	return e.product(operands)
}

// printed is one argument as a verb prints it: what it can be, one behind the
// other.
func (e *Evaluator) printed(v text.Verb, verb text.Text, arg ast.Expr) [][]text.Text {
	unknown := []text.Text{text.VerbHole(verb)}
	if v.Letter == 'q' {
		quote := []text.Text{text.Opaque(arg, `"`)}
		ts := e.Texts(arg)
		if !v.Plain || slices.ContainsFunc(ts, func(t text.Text) bool { return strings.ContainsAny(t.Value, `"\\`) }) {
			ts = unknown
		}
		return [][]text.Text{quote, ts, quote}
	}
	if !v.Plain {
		return [][]text.Text{unknown}
	}
	if value, ok := e.number(v, arg); ok {
		return [][]text.Text{{text.Opaque(arg, value)}}
	}
	if v.Letter != 's' && v.Letter != 'v' {
		return [][]text.Text{unknown}
	}
	ts := slices.Clone(e.Texts(arg))
	for i, t := range ts {
		if t.IsHole() && !t.HasParam() {
			ts[i] = unknown[0]
		}
	}
	return [][]text.Text{ts}
}

// number is a constant that is no string, as a verb prints it.
func (e *Evaluator) number(v text.Verb, arg ast.Expr) (string, bool) {
	value := e.Info.Types[arg].Value
	if value == nil {
		return "", false
	}
	switch value.Kind() {
	case constant.Int:
		return value.ExactString(), strings.IndexByte("dv", v.Letter) >= 0
	case constant.Bool:
		return value.ExactString(), strings.IndexByte("tv", v.Letter) >= 0
	}
	return "", false
}

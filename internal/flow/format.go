package flow

import (
	"go/ast"
	"go/constant"
	"strings"

	"github.com/poolvet/poolvet/internal/text"
)

// Formatted is what fmt.Sprintf makes of a format and its arguments; nil args
// are not known.
func (e *Flow) Formatted(format text.Text, args []ast.Expr, spread bool) text.Text {
	vs := text.FormatVerbs(format.Value)
	if len(vs) == 0 {
		return format
	}
	var parts []text.Text
	at := 0
	for _, v := range vs {
		if v.Start > at {
			parts = append(parts, format.Slice(at, v.Start))
		}
		at = v.End
		verb := format.Slice(v.Start, v.End)
		switch {
		case v.Arg < 0:
			parts = append(parts, verb.Slice(0, 1))
		case spread || v.Arg >= len(args):
			parts = append(parts, text.VerbHole(verb))
		default:
			parts = append(parts, e.printed(v, verb, args[v.Arg])...)
		}
	}
	if at < len(format.Value) {
		parts = append(parts, format.Slice(at, len(format.Value)))
	}
	return e.concat(parts...)
}

// printed is one argument as a verb prints it.
func (e *Flow) printed(v text.Verb, verb text.Text, arg ast.Expr) []text.Text {
	if tv := e.Info.Types[arg]; tv.Value != nil && v.Plain {
		switch {
		case tv.Value.Kind() == constant.Int && strings.IndexByte("dv", v.Letter) >= 0,
			tv.Value.Kind() == constant.Bool && strings.IndexByte("tv", v.Letter) >= 0:
			return []text.Text{text.Opaque(arg, tv.Value.ExactString())}
		}
	}
	switch v.Letter {
	case 's', 'v':
		if ts := e.Texts(arg); v.Plain && len(ts) == 1 {
			if ts[0].IsHole() && !ts[0].HasParam() {
				return []text.Text{text.VerbHole(verb)}
			}
			return ts
		}
	case 'q':
		if ts := e.Texts(arg); v.Plain && len(ts) == 1 && !strings.ContainsAny(ts[0].Value, `"\`) {
			return []text.Text{text.Opaque(arg, `"`), ts[0], text.Opaque(arg, `"`)}
		}
		return []text.Text{text.Opaque(arg, `"`), text.VerbHole(verb), text.Opaque(arg, `"`)}
	}
	return []text.Text{text.VerbHole(verb)}
}

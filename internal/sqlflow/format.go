package sqlflow

import (
	"go/ast"
	"go/constant"
	"strconv"
	"strings"
)

// verb is one verb of a format: the bytes [start, end) of it, and which
// argument it prints, -1 for %%.
type verb struct {
	start, end int
	letter     byte
	plain      bool // no flags, width or precision: it prints the argument as it is
	arg        int
}

// formatVerbs reads a format as package fmt does.
func formatVerbs(format string) []verb {
	var vs []verb
	next := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		start, plain := i, true
		i++
		for i < len(format) && strings.IndexByte("+-# 0123456789.*[]", format[i]) >= 0 {
			switch format[i] {
			case '*':
				next++
				plain = false
			case '[':
				n := strings.IndexByte(format[i:], ']')
				if k, err := strconv.Atoi(format[i+1 : i+max(n, 1)]); err == nil && n > 0 && k > 0 {
					next = k - 1
					i += n
				}
			default:
				plain = false
			}
			i++
		}
		if i == len(format) {
			break
		}
		v := verb{start: start, end: i + 1, letter: format[i], plain: plain, arg: -1}
		if v.letter != '%' {
			v.arg = next
			next++
		}
		vs = append(vs, v)
	}
	return vs
}

// formatted is what fmt.Sprintf makes of a format and its arguments; nil args
// are not known.
func (e *evaluator) formatted(format Text, args []ast.Expr, spread bool) Text {
	vs := formatVerbs(format.Value)
	if len(vs) == 0 {
		return format
	}
	var parts []Text
	at := 0
	for _, v := range vs {
		if v.start > at {
			parts = append(parts, format.slice(at, v.start))
		}
		at = v.end
		verb := format.slice(v.start, v.end)
		switch {
		case v.arg < 0:
			parts = append(parts, verb.slice(0, 1))
		case spread || v.arg >= len(args):
			parts = append(parts, verbHole(verb))
		default:
			parts = append(parts, e.printed(v, verb, args[v.arg])...)
		}
	}
	if at < len(format.Value) {
		parts = append(parts, format.slice(at, len(format.Value)))
	}
	return e.concat(parts...)
}

// printed is one argument as a verb prints it.
func (e *evaluator) printed(v verb, verb Text, arg ast.Expr) []Text {
	if tv := e.info.Types[arg]; tv.Value != nil && v.plain {
		switch {
		case tv.Value.Kind() == constant.Int && strings.IndexByte("dv", v.letter) >= 0,
			tv.Value.Kind() == constant.Bool && strings.IndexByte("tv", v.letter) >= 0:
			return []Text{opaque(arg, tv.Value.ExactString())}
		}
	}
	switch v.letter {
	case 's', 'v':
		if ts := e.texts(arg); v.plain && len(ts) == 1 {
			if ts[0].IsHole() && len(ts[0].params()) == 0 {
				return []Text{verbHole(verb)}
			}
			return ts
		}
	case 'q':
		if ts := e.texts(arg); v.plain && len(ts) == 1 && !strings.ContainsAny(ts[0].Value, `"\`) {
			return []Text{opaque(arg, `"`), ts[0], opaque(arg, `"`)}
		}
		return []Text{opaque(arg, `"`), verbHole(verb), opaque(arg, `"`)}
	}
	return []Text{verbHole(verb)}
}

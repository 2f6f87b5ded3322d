package text

import (
	"slices"
	"strconv"
	"strings"
)

// Verb is one verb of a format: the bytes [start, end) of it, and which
// argument it prints, -1 for %%.
type Verb struct {
	Start, End int
	Letter     byte
	Plain      bool // no flags, width or precision: it prints the argument as it is
	Arg        int
}

// FormatVerbs reads a format as package fmt does.
func FormatVerbs(format string) []Verb {
	var vs []Verb
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
		v := Verb{Start: start, End: i + 1, Letter: format[i], Plain: plain, Arg: -1}
		if v.Letter != '%' {
			v.Arg = next
			next++
		}
		vs = append(vs, v)
	}
	return vs
}

// AsFormat marks the parameters in t as formats, whose callers write verbs, and
// its literals, in which a % stands for two.
func (t Text) AsFormat() Text {
	if !slices.ContainsFunc(t.Pieces, func(p Piece) bool { return p.Param != nil || p.Lit != nil }) {
		return t
	}
	t.Pieces = slices.Clone(t.Pieces)
	for i := range t.Pieces {
		t.Pieces[i].Format = t.Pieces[i].Param != nil || t.Pieces[i].Lit != nil
	}
	return t
}

// Package text is text that a Go expression can be: with holes for what is not
// known, and the place in the source of each byte.
package text

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Hole stands in a text for one part of it that is not known. PostgreSQL text
// cannot contain this byte, and one byte for any hole keeps offsets simple.
const Hole = '\x00'

// Text is one string that a Go expression can be: known bytes, and a
// Hole for each part that is not known.
type Text struct {
	Value  string
	Pieces []Piece // in order, without gaps
}

// A piece is a run of Value that comes from one place in the source.
type Piece struct {
	Start, End int // in Value

	Node ast.Node      // the expression that yields it
	Lit  *ast.BasicLit // where the bytes are those of a literal, from lo on
	Raw  *string       // …as the file has it, where it has \r that the literal has not
	File *File         // where the bytes are those of an embedded file, from lo on
	Lo   int
	verb int // of a hole: the width of the verb in lit that it stands for

	Param  *types.Var // of a hole: the parameter or field that a caller fills
	Format bool       // …with a format; of a literal: it is one
}

const HoleText = string(Hole)

// HoleAt is a text of which nothing is known but what makes it.
func HoleAt(node ast.Node) Text {
	return Text{Value: HoleText, Pieces: []Piece{{End: 1, Node: node}}}
}

// HoleFor is the hole that callers fill with what they give for param.
func HoleFor(node ast.Node, param *types.Var) Text {
	t := HoleAt(node)
	t.Pieces[0].Param = param
	return t
}

// VerbHole stands for a verb of a format.
func VerbHole(verb Text) Text {
	p := verb.Pieces[0]
	p.verb, p.End = len(verb.Value), 1
	return Text{Value: HoleText, Pieces: []Piece{p}}
}

// Opaque is a text whose bytes stand nowhere in this package.
func Opaque(node ast.Node, value string) Text {
	if value == "" {
		return Text{}
	}
	return Text{Value: value, Pieces: []Piece{{End: len(value), Node: node}}}
}

// Holed is a text of which the bytes stand nowhere in this package, and each
// Hole is one.
func Holed(node ast.Node, value string) Text {
	t := Text{Value: value}
	for at := 0; at < len(value); {
		n := strings.IndexByte(value[at:], Hole)
		switch {
		case n == 0:
			n = 1
		case n < 0:
			n = len(value) - at
		}
		t.Pieces = append(t.Pieces, Piece{Start: at, End: at + n, Node: node})
		at += n
	}
	return t
}

// IsHole reports whether nothing of t is known.
func (t Text) IsHole() bool {
	return strings.Trim(t.Value, HoleText+" \t\r\n;") == ""
}

// HasParam reports whether a caller fills a part of t.
func (t Text) HasParam() bool {
	return slices.ContainsFunc(t.Pieces, func(p Piece) bool { return p.Param != nil })
}

// Slice is the part [i, j) of t.
func (t Text) Slice(i, j int) Text {
	s := Text{Value: t.Value[i:j]}
	for _, p := range t.Pieces[t.index(i):] {
		lo, hi := max(p.Start, i), min(p.End, j)
		if lo >= hi {
			break
		}
		p.Lo += lo - p.Start
		p.Start, p.End = lo-i, hi-i
		s.Pieces = append(s.Pieces, p)
	}
	return s
}

// Concat joins texts, up to a size.
func Concat(most int, texts ...Text) Text {
	if len(texts) == 1 {
		return texts[0]
	}
	size, pieces := 0, 0
	for _, t := range texts {
		size += len(t.Value)
		pieces += len(t.Pieces)
	}
	var b strings.Builder
	b.Grow(min(size, most))
	joined := Text{Pieces: make([]Piece, 0, pieces)}
	for _, t := range texts {
		if b.Len() > 0 && b.Len()+len(t.Value) > most {
			t = HoleAt(t.First())
		}
		for _, p := range t.Pieces {
			p.Start += b.Len()
			p.End += b.Len()
			joined.Pieces = append(joined.Pieces, p)
		}
		b.WriteString(t.Value)
	}
	joined.Value = b.String()
	return joined
}

// First is what makes the first piece of t, or nil.
func (t Text) First() ast.Node {
	if len(t.Pieces) == 0 {
		return nil
	}
	return t.Pieces[0].Node
}

// At is the piece that holds byte off.
func (t Text) At(off int) *Piece {
	if i := t.index(off); i < len(t.Pieces) {
		return &t.Pieces[i]
	}
	return nil
}

// index is that of the piece that holds byte off.
func (t Text) index(off int) int {
	i, _ := slices.BinarySearchFunc(t.Pieces, off, func(p Piece, off int) int {
		if p.End <= off {
			return -1
		}
		return 1
	})
	return i
}

// Range is where bytes [start, end) of t stand in the source: in a literal or
// an embedded file where they stand there, else the expression that yields
// them. It is false where t has no place in the source.
func (t Text) Range(start, end int) (pos, stop token.Pos, ok bool) {
	first := t.At(start)
	if first == nil {
		return token.NoPos, token.NoPos, false
	}
	pos, stop = first.span(start, min(end, first.End))
	if !pos.IsValid() {
		return token.NoPos, token.NoPos, false
	}
	// Words that run over several pieces end in the last one, if that stands
	// behind the first: a format's do, a constant's from elsewhere do not.
	if last := t.At(end - 1); end > first.End && last != nil && last.File == first.File {
		if _, e := last.span(max(start, last.Start), end); e > pos && e-pos < 1<<14 {
			stop = e
		}
	}
	return pos, stop, true
}

func (p *Piece) span(start, end int) (token.Pos, token.Pos) {
	lo, hi := p.Lo+start-p.Start, p.Lo+end-p.Start
	if p.verb > 0 {
		hi = p.Lo + p.verb
	}
	switch {
	case p.File != nil:
		return p.File.pos(lo), p.File.pos(hi)
	case p.Raw != nil:
		from, to := RawOffsets(*p.Raw, lo, hi)
		return p.Lit.Pos() + token.Pos(from), p.Lit.Pos() + token.Pos(to)
	case p.Lit != nil:
		m := literalOffsets(p.Lit, lo, hi)
		return m[0], m[1]
	case p.Node != nil:
		return p.Node.Pos(), p.Node.End()
	}
	return token.NoPos, token.NoPos
}

// Literal is the literal that bytes [start, end) all stand in, or nil.
func (t Text) Literal(start, end int) *ast.BasicLit {
	p := t.At(start)
	if p == nil || end > p.End {
		return nil
	}
	return p.Lit
}

// File is the embedded file that byte off stands in, or nil.
func (t Text) File(off int) *File {
	if p := t.At(off); p != nil {
		return p.File
	}
	return nil
}

// Node is the expression that yields byte off.
func (t Text) Node(off int) ast.Node {
	if p := t.At(off); p != nil {
		return p.Node
	}
	return nil
}

// Split is strings.Split, up to a number of parts.
func (t Text) Split(sep string, most int) []Text {
	var ts []Text
	for at := 0; ; {
		n := strings.Index(t.Value[at:], sep)
		if n < 0 || len(ts) == most {
			return append(ts, t.Slice(at, len(t.Value)))
		}
		ts = append(ts, t.Slice(at, at+n))
		at += n + len(sep)
	}
}

// Same reports whether both are the same text from the same place.
func (t Text) Same(u Text) bool {
	return len(t.Pieces) == len(u.Pieces) && t.First() == u.First() && t.Value == u.Value
}

// Has reports whether the bytes of p are in t too.
func (t *Text) Has(p *Piece) bool {
	for i := range t.Pieces {
		if q := &t.Pieces[i]; q.Node == p.Node && q.Lo == p.Lo && q.File == p.File {
			return true
		}
	}
	return false
}

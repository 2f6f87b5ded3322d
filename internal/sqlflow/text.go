package sqlflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/session"
)

// Text is one string that a Go expression can be: known bytes, and a
// session.Hole for each part that is not known.
type Text struct {
	Value  string
	pieces []piece // in order, without gaps
}

// A piece is a run of Value that comes from one place in the source.
type piece struct {
	start, end int // in Value

	node ast.Node      // the expression that yields it
	lit  *ast.BasicLit // where the bytes are those of a literal, from lo on
	raw  *string       // …as the file has it, where it has \r that the literal has not
	file *File         // where the bytes are those of an embedded file, from lo on
	lo   int
	verb int // of a hole: the width of the verb in lit that it stands for

	param  *types.Var // of a hole: the parameter or field that a caller fills
	format bool       // …with a format; of a literal: it is one
}

const holeText = string(session.Hole)

func hole(node ast.Node) Text {
	return Text{Value: holeText, pieces: []piece{{end: 1, node: node}}}
}

func paramHole(node ast.Node, param *types.Var) Text {
	t := hole(node)
	t.pieces[0].param = param
	return t
}

// verbHole stands for a verb of a format.
func verbHole(verb Text) Text {
	p := verb.pieces[0]
	p.verb, p.end = len(verb.Value), 1
	return Text{Value: holeText, pieces: []piece{p}}
}

// opaque is a text whose bytes stand nowhere in this package.
func opaque(node ast.Node, value string) Text {
	if value == "" {
		return Text{}
	}
	return Text{Value: value, pieces: []piece{{end: len(value), node: node}}}
}

// IsHole reports whether nothing of t is known.
func (t Text) IsHole() bool {
	return strings.Trim(t.Value, holeText+" \t\r\n;") == ""
}

// slice is the part [i, j) of t.
func (t Text) slice(i, j int) Text {
	s := Text{Value: t.Value[i:j]}
	for _, p := range t.pieces[t.index(i):] {
		lo, hi := max(p.start, i), min(p.end, j)
		if lo >= hi {
			break
		}
		p.lo += lo - p.start
		p.start, p.end = lo-i, hi-i
		s.pieces = append(s.pieces, p)
	}
	return s
}

// concat joins texts, up to a size.
func concat(most int, texts ...Text) Text {
	if len(texts) == 1 {
		return texts[0]
	}
	size, pieces := 0, 0
	for _, t := range texts {
		size += len(t.Value)
		pieces += len(t.pieces)
	}
	var b strings.Builder
	b.Grow(min(size, most))
	joined := Text{pieces: make([]piece, 0, pieces)}
	for _, t := range texts {
		if b.Len() > 0 && b.Len()+len(t.Value) > most {
			t = hole(t.node())
		}
		for _, p := range t.pieces {
			p.start += b.Len()
			p.end += b.Len()
			joined.pieces = append(joined.pieces, p)
		}
		b.WriteString(t.Value)
	}
	joined.Value = b.String()
	return joined
}

func (t Text) node() ast.Node {
	if len(t.pieces) == 0 {
		return nil
	}
	return t.pieces[0].node
}

// at is the piece that holds byte off.
func (t Text) at(off int) *piece {
	if i := t.index(off); i < len(t.pieces) {
		return &t.pieces[i]
	}
	return nil
}

// index is that of the piece that holds byte off.
func (t Text) index(off int) int {
	i, _ := slices.BinarySearchFunc(t.pieces, off, func(p piece, off int) int {
		if p.end <= off {
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
	first := t.at(start)
	if first == nil {
		return token.NoPos, token.NoPos, false
	}
	pos, stop = first.span(start, min(end, first.end))
	if !pos.IsValid() {
		return token.NoPos, token.NoPos, false
	}
	// Words that run over several pieces end in the last one, if that stands
	// behind the first: a format's do, a constant's from elsewhere do not.
	if last := t.at(end - 1); end > first.end && last != nil && last.file == first.file {
		if _, e := last.span(max(start, last.start), end); e > pos && e-pos < 1<<14 {
			stop = e
		}
	}
	return pos, stop, true
}

func (p *piece) span(start, end int) (token.Pos, token.Pos) {
	lo, hi := p.lo+start-p.start, p.lo+end-p.start
	if p.verb > 0 {
		hi = p.lo + p.verb
	}
	switch {
	case p.file != nil:
		return p.file.pos(lo), p.file.pos(hi)
	case p.raw != nil:
		from, to := rawOffsets(*p.raw, lo, hi)
		return p.lit.Pos() + token.Pos(from), p.lit.Pos() + token.Pos(to)
	case p.lit != nil:
		m := literalOffsets(p.lit, lo, hi)
		return m[0], m[1]
	case p.node != nil:
		return p.node.Pos(), p.node.End()
	}
	return token.NoPos, token.NoPos
}

// Literal is the literal that bytes [start, end) all stand in, or nil.
func (t Text) Literal(start, end int) *ast.BasicLit {
	p := t.at(start)
	if p == nil || end > p.end {
		return nil
	}
	return p.lit
}

// File is the embedded file that byte off stands in, or nil.
func (t Text) File(off int) *File {
	if p := t.at(off); p != nil {
		return p.file
	}
	return nil
}

// Node is the expression that yields byte off.
func (t Text) Node(off int) ast.Node {
	if p := t.at(off); p != nil {
		return p.node
	}
	return nil
}

// params are the parameters and fields that stand where a statement can begin:
// what fills one is SQL too. Not those further inside, which are names and values.
func (t Text) params() []piece {
	var ps []piece
	seen := 0
	for _, p := range t.pieces {
		if p.param == nil {
			continue
		}
		if seen++; seen > maxParams {
			break
		}
		if beginsStatement(t.Value[:p.start]) {
			ps = append(ps, p)
		}
	}
	return ps
}

// beginsStatement reports whether a statement can begin after before: that is
// nothing but comments, markers and white space, ends a statement, or
// introduces one (EXPLAIN, PREPARE x AS).
func beginsStatement(before string) bool {
	s := strings.Trim(stripComments(before), " \t\r\n("+holeText)
	if s == "" || strings.HasSuffix(s, ";") {
		return true
	}
	words := strings.Fields(strings.ToLower(s[:min(200, len(s))]))
	switch words[0] {
	case "explain", "copy":
		return true
	case "prepare", "declare":
		last := words[len(words)-1]
		return last == "as" || last == "for"
	}
	return false
}

// stripComments removes -- and /* */ comments.
func stripComments(s string) string {
	if !strings.Contains(s, "--") && !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		open, end := s[i:min(i+2, len(s))], ""
		switch open {
		case "--":
			end = "\n"
		case "/*":
			end = "*/"
		default:
			b.WriteByte(s[i])
			continue
		}
		n := strings.Index(s[i:], end)
		if n < 0 {
			return b.String()
		}
		i += n + len(end) - 1
		b.WriteByte(' ')
	}
	return b.String()
}

package eval

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"
	"unsafe"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// What bounds the work on one package, so that no code can stall the analyzer.
// What real code does stays far below; what goes past is noted as a Cut.
const (
	maxTexts = 256    // parts that a text is split into
	maxDepth = 5_000  // how deep expressions are followed
	maxSteps = 10_000 // expressions on the way to a file system
)

// limits bound the texts of a package.
type limits struct {
	text    int // bytes of one text: what is longer gets a hole in its place
	texts   int // texts that one expression can be
	product int // texts that a concatenation of alternatives can be
	bytes   int // …and their bytes, where they are more than a few
	built   int // bytes of all texts that are put together
}

// few is how many alternatives are kept however long they are.
const few = 4

// A package that meets the last limit is read again with the next of these, so
// that what is left out does not depend on what was read first.
var allLimits = []limits{
	{text: 4 << 20, texts: 256, product: 64, bytes: 256 << 10, built: 160 << 20},
	{text: 64 << 10, texts: 16, product: 8, bytes: 64 << 10, built: 64 << 20},
	{text: 1 << 10, texts: 1, product: 1, built: 1 << 40},
}

// alternatives is how many texts of a length a concatenation can be.
func (l limits) alternatives(length int) int {
	return min(l.product, max(few, l.bytes/max(1, length)))
}

// Cuts are the places where texts of the package were left out, in the order
// of the source: for each reason the first in a function, which tells of the
// others.
func (f *Evaluator) Cuts() []flow.Cut {
	cuts := slices.Concat(f.cuts, f.Files.Cuts)
	slices.SortFunc(cuts, func(a, b flow.Cut) int { return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Reason, b.Reason)) })
	type cause struct {
		fn     *ast.FuncDecl
		reason string
	}
	var firsts []flow.Cut
	at, more := map[cause]int{}, map[int]int{}
	for _, c := range cuts {
		why := cause{f.FunctionAt(c.Pos), c.Reason}
		if i, ok := at[why]; ok && why.fn != nil {
			more[i]++
			continue
		}
		at[why] = len(firsts)
		firsts = append(firsts, c)
	}
	for i, n := range more {
		firsts[i].Reason += fmt.Sprintf(" (here, and at %d more places of this function)", n)
	}
	return firsts
}

const (
	tooMany  = "too many texts are possible: some were left out"
	tooDeep  = "nested too deep: read as unknown text"
	tooLarge = "the texts of this package are too large: left unfinished"
)

// cut notes, once, that something was left out at n.
func (e *Evaluator) cut(n ast.Node, reason string) {
	if n == nil {
		return
	}
	c := flow.Cut{Pos: n.Pos(), Reason: reason}
	if !e.isCut[c] {
		e.isCut[c] = true
		e.cuts = append(e.cuts, c)
	}
}

// concat joins texts, as long as the package's texts are not too large: then
// the package is read again, and what becomes of this text is of no interest.
func (e *Evaluator) concat(texts ...text.Text) text.Text {
	for _, t := range texts {
		e.built += len(t.Value) + len(t.Pieces)*int(unsafe.Sizeof(text.Piece{}))
	}
	if len(texts) < 2 || e.built <= e.limits.built {
		return text.Concat(e.limits.text, texts...)
	}
	return text.Longest(texts, 1)[0]
}

// product joins one text of each operand: in every way, or where those are too
// many in as many as have each text among the others.
func (e *Evaluator) product(operands [][]text.Text) []text.Text {
	most := e.limits.alternatives(text.Length(operands))
	if text.Ways(operands, most) > most {
		e.shorten(operands, most)
	}
	rows := text.Choices(operands, most)
	joined := make([]text.Text, len(rows))
	parts := make([]text.Text, len(operands))
	for k, row := range rows {
		for i, ts := range operands {
			parts[i] = text.Text{}
			if len(ts) > 0 {
				parts[i] = ts[row[i]]
			}
		}
		joined[k] = e.concat(parts...)
	}
	return joined
}

// shorten leaves each operand its share of the texts.
func (e *Evaluator) shorten(operands [][]text.Text, most int) {
	sum := 0
	for i, ts := range operands {
		if len(ts) > 1 {
			operands[i] = e.weighed(ts, text.Cover)
			sum += len(operands[i])
		}
	}
	for i, ts := range operands {
		if len(ts) > 1 && sum > most {
			operands[i] = text.Longest(ts, max(1, len(ts)*most/sum))
			e.leftOut(operands[i], ts...)
		}
	}
}

// weighed keeps some of many texts. To weigh a piece costs as much as to put
// several together, and counts as that.
func (e *Evaluator) weighed(ts []text.Text, keep func([]text.Text) []text.Text) []text.Text {
	for _, t := range ts {
		e.built += 4 * len(t.Pieces) * int(unsafe.Sizeof(text.Piece{}))
	}
	if e.built > e.limits.built {
		return text.Longest(ts, 1)
	}
	return keep(ts)
}

// union adds the texts of more that ts does not have.
func (e *Evaluator) union(ts, more []text.Text) []text.Text {
	if len(ts) == 0 {
		return slices.Clip(more) // what is appended must not end up in more
	}
	for i, t := range more {
		if ts = e.thinned(ts); len(ts) >= e.limits.texts {
			e.leftOut(ts, more[i:]...)
			break
		}
		if !slices.ContainsFunc(ts, t.Same) {
			ts = append(ts, t)
		}
	}
	return ts
}

// thinned makes room where there are too many texts: those are left out that
// tell nothing new.
func (e *Evaluator) thinned(ts []text.Text) []text.Text {
	if len(ts) < e.limits.texts || e.full[&ts[0]] {
		return ts
	}
	for _, keep := range []func([]text.Text) []text.Text{text.Cover, text.Each} {
		if kept := e.weighed(ts, keep); len(kept) <= len(ts)/4*3 { // else it would be done again for each of thousands
			return kept
		}
	}
	e.full[&ts[0]] = true
	return ts
}

// leftOut notes a cut where texts are left out that could do something: those
// with a part that is in none that is kept. That two parts are in one text is
// not looked for: a query with a dozen clauses that are there or not has
// thousands of texts that tell nothing new.
func (e *Evaluator) leftOut(kept []text.Text, texts ...text.Text) {
	for _, t := range texts {
		if !e.matters(t.Value) {
			continue
		}
		for i := range t.Pieces {
			p := &t.Pieces[i]
			if e.matters(t.Value[p.Start:p.End]) && !text.HasPiece(kept, p) {
				e.cut(p.Node, tooMany)
				return
			}
		}
	}
}

package sqlflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"unsafe"
)

// What bounds the work on one package, so that no code can stall the analyzer.
// What real code does stays far below; what goes past is noted as a Cut.
const (
	maxText    = 4 << 20    // bytes of one text: what is longer gets a hole in its place
	maxTexts   = 256        // texts that one expression can be
	maxProduct = 32         // texts that a concatenation of alternatives can be
	maxBuilt   = 256 << 20  // bytes of all texts that are put together
	maxDepth   = 2_000      // how deep expressions are followed
	maxWalk    = 200_000    // nodes that one walk for a variable may visit
	maxWalks   = 20_000_000 // nodes that all such walks may visit
	maxFile    = 4 << 20    // bytes of an embedded file
	maxUses    = 100        // uses that are kept of one text
	maxParams  = 100        // parameters of one text that are looked at
)

// Cut is a place where texts were left out, and why.
type Cut struct {
	Pos    token.Pos
	Reason string
}

// Cuts are the places where texts of the package were left out, in the order
// of the source.
func (f *Flow) Cuts() []Cut {
	cuts := slices.Concat(f.cuts, f.files.cuts)
	slices.SortFunc(cuts, func(a, b Cut) int { return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Reason, b.Reason)) })
	return cuts
}

const (
	tooMany  = "too many texts are possible here: some were left out"
	tooDeep  = "nested too deep: read as unknown text"
	tooLarge = "the texts of this package are too large: left unfinished"
)

// cut notes, once, that something was left out at n.
func (e *evaluator) cut(n ast.Node, reason string) {
	if n == nil {
		return
	}
	c := Cut{Pos: n.Pos(), Reason: reason}
	if !e.isCut[c] && len(e.cuts) < maxTexts {
		e.isCut[c] = true
		e.cuts = append(e.cuts, c)
	}
}

// concat joins texts, as long as the package's texts are not too large; then
// the longest of them stands for the whole.
func (e *evaluator) concat(texts ...Text) Text {
	for _, t := range texts {
		e.built += len(t.Value) + len(t.pieces)*int(unsafe.Sizeof(piece{}))
	}
	if len(texts) < 2 || e.built <= maxBuilt {
		return concat(texts...)
	}
	t := longest(texts, 1)[0]
	e.cut(t.node(), tooLarge)
	return t
}

// product joins one text of each operand, in every way.
func (e *evaluator) product(operands [][]Text) []Text {
	n := 1
	for i, ts := range operands {
		if len(ts) > 1 && n*len(ts) > maxProduct {
			e.cut(ts[0].node(), tooMany)
			operands[i] = longest(ts, max(1, maxProduct/n))
		}
		n *= max(1, len(operands[i]))
	}
	joined := make([]Text, n)
	parts := make([]Text, len(operands))
	for k := range joined {
		rest := k
		for i, ts := range operands {
			parts[i] = Text{}
			if len(ts) > 0 {
				parts[i] = ts[rest%len(ts)]
				rest /= len(ts)
			}
		}
		joined[k] = e.concat(parts...)
	}
	return joined
}

// longest keeps the n longest texts: of alternatives built in steps, those that
// took most of the steps.
func longest(ts []Text, n int) []Text {
	ts = slices.Clone(ts)
	slices.SortStableFunc(ts, func(a, b Text) int { return cmp.Compare(len(b.Value), len(a.Value)) })
	return ts[:min(n, len(ts))]
}

// union adds the texts of more that ts does not have.
func (e *evaluator) union(ts, more []Text) []Text {
	if len(ts) == 0 {
		return slices.Clip(more) // what is appended must not end up in more
	}
	for _, t := range more {
		if len(ts) >= maxTexts {
			e.cut(t.node(), tooMany)
			break
		}
		if !slices.ContainsFunc(ts, t.same) {
			ts = append(ts, t)
		}
	}
	return ts
}

func (t Text) same(u Text) bool {
	return len(t.pieces) == len(u.pieces) && t.node() == u.node() && t.Value == u.Value
}

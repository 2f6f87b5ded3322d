package text

import (
	"cmp"
	"slices"
)

// Longest keeps the n longest texts: of alternatives built in steps, those that
// took most of the steps.
func Longest(ts []Text, n int) []Text {
	ts = slices.Clone(ts)
	slices.SortStableFunc(ts, func(a, b Text) int { return cmp.Compare(len(b.Value), len(a.Value)) })
	return ts[:min(n, len(ts))]
}

// HasPiece reports whether the bytes of p are in any of the texts.
func HasPiece(texts []Text, p *Piece) bool {
	return slices.ContainsFunc(texts, func(t Text) bool { return t.Has(p) })
}

// part is a piece behind another: what each of many texts is made of.
type part struct{ before, piece bytesOf }

type bytesOf struct {
	at    any // the node or the file
	lo    int
	value string
}

// Cover keeps as many of some alternatives as have every piece of them beside
// every other that it can stand behind: of a dozen clauses that are there or
// not, each one with and without its neighbours, and all of them.
func Cover(ts []Text) []Text { return cover(ts, true) }

// Each keeps as many of some alternatives as have every piece of them.
func Each(ts []Text) []Text { return cover(ts, false) }

func cover(ts []Text, beside bool) []Text {
	order := make([]int, len(ts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int { return cmp.Compare(len(ts[k].Pieces), len(ts[i].Pieces)) })
	seen := map[part]bool{}
	var kept []int
	for _, i := range order {
		if ts[i].adds(seen, beside) {
			kept = append(kept, i)
		}
	}
	slices.Sort(kept)
	cover := make([]Text, len(kept))
	for i, k := range kept {
		cover[i] = ts[k]
	}
	return cover
}

// adds reports whether t has a part that is not seen, and notes its parts.
func (t *Text) adds(seen map[part]bool, beside bool) (added bool) {
	var last bytesOf
	note := func(b bytesOf) {
		p := part{last, b}
		added = added || !seen[p]
		seen[p] = true
		if beside {
			last = b
		}
	}
	for i := range t.Pieces {
		p := &t.Pieces[i]
		b := bytesOf{p.Node, p.Lo, t.Value[p.Start:p.End]}
		if p.File != nil {
			b.at = p.File
		}
		note(b)
	}
	note(bytesOf{}) // its end
	return added
}

// Length is how long one text of each operand is, on average.
func Length(operands [][]Text) (n int) {
	for _, ts := range operands {
		sum := 0
		for _, t := range ts {
			sum += len(t.Value)
		}
		n += sum / max(1, len(ts))
	}
	return n
}

// Ways is how many ways there are to take one text of each operand, up to one
// more than most.
func Ways(operands [][]Text, most int) int {
	n := 1
	for _, ts := range operands {
		n = min(most+1, n*max(1, len(ts)))
	}
	return n
}

// Choices are ways to take one text of each operand, by index: all where they
// are at most that many, else each text among the longest of the others, and
// among the shortest if that is not too many.
func Choices(operands [][]Text, most int) [][]int {
	if n := Ways(operands, most); n <= most {
		return everyChoice(operands, n)
	}
	shortest, longest := make([]int, len(operands)), make([]int, len(operands))
	for i, ts := range operands {
		for k, t := range ts {
			if len(t.Value) < len(ts[shortest[i]].Value) {
				shortest[i] = k
			}
			if len(t.Value) > len(ts[longest[i]].Value) {
				longest[i] = k
			}
		}
	}
	rows := around(longest, operands)
	if 2*len(rows) <= most {
		rows = append(rows, around(shortest, operands)...)
	}
	return rows
}

// everyChoice counts, the first operand being the last digit.
func everyChoice(operands [][]Text, n int) [][]int {
	rows := make([][]int, n)
	for k := range rows {
		row, rest := make([]int, len(operands)), k
		for i, ts := range operands {
			if len(ts) > 0 {
				row[i] = rest % len(ts)
				rest /= len(ts)
			}
		}
		rows[k] = row
	}
	return rows
}

// around is a choice, and each that differs from it in one operand.
func around(choice []int, operands [][]Text) [][]int {
	rows := [][]int{choice}
	for i, ts := range operands {
		for k := range ts {
			if k != choice[i] {
				row := slices.Clone(choice)
				row[i] = k
				rows = append(rows, row)
			}
		}
	}
	return rows
}

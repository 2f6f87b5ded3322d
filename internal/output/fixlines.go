package output

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// fixLine is one line of what a fix changes, ready to be shown.
type fixLine struct {
	sign   string // "-" for one that goes, "+" for one that comes
	file   string
	number int // of the file before, or of that after
	text   string
}

// maxFixLines is how many lines of a fix are shown.
const maxFixLines = 8

// fixLines are the lines that a fix changes, none where the file is not there or
// is another by now.
func (s *Sources) fixLines(fix *SuggestedFix) (all []fixLine) {
	edits := slices.SortedStableFunc(slices.Values(fix.Edits), func(a, b TextEdit) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	grown := 0
	for len(edits) > 0 {
		first, n := edits[0], 1
		end := first.EndLine
		for n < len(edits) && edits[n].File == first.File && edits[n].Line <= end {
			end = max(end, edits[n].EndLine)
			n++
		}
		file := filepath.FromSlash(first.File)
		old, now, ok := edited(s.of(file), edits[:n], end)
		if !ok {
			return nil
		}
		at := first.Line
		for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
			old, now, at = old[1:], now[1:], at+1
		}
		for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
			old, now = old[:len(old)-1], now[:len(now)-1]
		}
		all = append(all, shownLines("-", file, at, old, now)...)
		all = append(all, shownLines("+", file, at+grown, now, old)...)
		grown += len(now) - len(old)
		if edits = edits[n:]; len(edits) > 0 && edits[0].File != first.File {
			grown = 0
		}
	}
	return all
}

// edited are the lines from that of the first edit to the one given, and what the
// edits make of them.
func edited(lines []string, edits []TextEdit, end int) (old, now []string, ok bool) {
	first := edits[0].Line
	backwards := slices.ContainsFunc(edits, func(e TextEdit) bool { return e.EndLine < e.Line })
	if first < 1 || end > len(lines) || backwards {
		return nil, nil, false
	}
	old = lines[first-1 : end]
	text := strings.Join(old, "\n")
	offset := func(line, column int) int {
		n := column - 1
		for _, l := range old[:line-first] {
			n += len(l) + 1
		}
		return n
	}
	var b strings.Builder
	done := 0
	for _, e := range edits {
		from, to := offset(e.Line, e.Column), offset(e.EndLine, e.EndColumn)
		if from < done || to < from || to > len(text) {
			return nil, nil, false
		}
		b.WriteString(text[done:from] + e.NewText)
		done = to
	}
	b.WriteString(text[done:])
	return old, strings.Split(b.String(), "\n"), true
}

// shownLines lays lines out as those of a frame, each from where it differs from
// its other.
func shownLines(sign, file string, number int, lines, others []string) (all []fixLine) {
	for i, line := range lines {
		from := 0
		if i < len(others) {
			from = sharedPrefix(line, others[i])
		}
		line = hidePasswords(strings.TrimSuffix(line, "\r")) // which moves no byte
		all = append(all, fixLine{sign, file, number + i, mark(line, from, from).text})
	}
	return all
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

package sqlflow

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
)

// Edit replaces bytes [start, end) of a text by with: the edit changes exactly
// those bytes of the value. Nothing is replaced, but something put in behind
// byte start-1, where start is end. It is false where the bytes do not all
// stand in one literal, or with cannot stand there, or the file is generated.
//
// Not included: bytes that are part of a character, which a literal cannot
// always spell without the rest of it; embedded files, which no Go edit may
// touch.
func (f *Flow) Edit(t Text, start, end int, with string) (analysis.TextEdit, bool) {
	p := t.editable(start, end)
	if p == nil {
		return analysis.TextEdit{}, false
	}
	file := f.fileOf(p.lit)
	if file == nil || ast.IsGenerated(file) {
		return analysis.TextEdit{}, false
	}
	if p.format {
		with = strings.ReplaceAll(with, "%", "%%")
	}
	pos, stop := p.span(start, end)
	if p.raw == nil && p.lit.End() > p.lit.Pos()+token.Pos(len(p.lit.Value)) {
		return analysis.TextEdit{}, false // the file cannot be read
	}
	words, ok := spell(p.lit, with)
	return analysis.TextEdit{Pos: pos, End: stop, NewText: []byte(words)}, ok
}

// editable is the piece in which bytes [start, end) can be replaced, or nil.
func (t Text) editable(start, end int) *piece {
	if start < 0 || end < start || len(t.Value) < end || !onCharacter(t.Value, start) || !onCharacter(t.Value, end) {
		return nil
	}
	fits := func(p *piece) bool {
		return p != nil && p.lit != nil && p.verb == 0 && p.start <= start && end <= p.end &&
			// %% of a format is one byte of the text.
			!(p.format && strings.Contains(t.Value[p.start:p.end], "%"))
	}
	if start == end && start > 0 {
		if p := t.at(start - 1); fits(p) {
			return p
		}
	}
	if p := t.at(start); fits(p) {
		return p
	}
	return nil
}

// onCharacter reports whether a character of s begins at i, or s ends there.
func onCharacter(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

func (f *Flow) fileOf(n ast.Node) *ast.File {
	i := slices.IndexFunc(f.pass.Files, func(file *ast.File) bool { return file.FileStart <= n.Pos() && n.Pos() < file.FileEnd })
	if i < 0 {
		return nil
	}
	return f.pass.Files[i]
}

// rawOffsets are the places in src, a raw literal, where the bytes [start, end)
// of its value begin and end: bytes other than \r.
func rawOffsets(src string, start, end int) (from, to int) {
	at := -1 // in the value; the first byte is the quote
	from, to = len(src), len(src)
	for i := range len(src) {
		if src[i] == '\r' {
			continue
		}
		if at == start {
			from = i
		}
		if at == end-1 {
			to = i + 1
		}
		at++
	}
	if start == end {
		from = to // behind the byte before
	}
	return from, to
}

// spell writes text as lit does.
func spell(lit *ast.BasicLit, text string) (string, bool) {
	if lit.Value[0] == '"' {
		quoted := strconv.Quote(text)
		return quoted[1 : len(quoted)-1], true
	}
	if !utf8.ValidString(text) || strings.ContainsAny(text, "`\r\x00\ufeff") {
		return "", false
	}
	if lit.End() > lit.Pos()+token.Pos(len(lit.Value)) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text, true
}

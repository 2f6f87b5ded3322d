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
	pos, stop, ok := f.source(p.lit, p.lo+start-p.start, p.lo+end-p.start)
	if !ok {
		return analysis.TextEdit{}, false
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

// source is where bytes [start, end) of the value of lit stand.
func (f *Flow) source(lit *ast.BasicLit, start, end int) (pos, stop token.Pos, ok bool) {
	if lit.End() == lit.Pos()+token.Pos(len(lit.Value)) {
		at := literalOffsets(lit, start, end)
		return at[0], at[1], true
	}
	// A raw literal in a file with CRLF line ends: its Value lacks the \r.
	if f.pass.ReadFile == nil {
		return 0, 0, false
	}
	file := f.pass.Fset.File(lit.Pos())
	content, err := f.pass.ReadFile(file.Name())
	from, to := file.Offset(lit.Pos()), file.Offset(lit.End())
	if err != nil || to > len(content) || strings.ReplaceAll(string(content[from:to]), "\r", "") != lit.Value {
		return 0, 0, false
	}
	at := rawOffsets(content[from:to], 1+start, 1+end)
	return lit.Pos() + token.Pos(at[0]), lit.Pos() + token.Pos(at[1]), true
}

// rawOffsets are the places in src behind as many of its bytes other than \r
// as each of the ascending numbers says.
func rawOffsets(src []byte, behind ...int) []int {
	at, seen := make([]int, 0, len(behind)), 0
	for i, c := range src {
		for len(at) < len(behind) && seen == behind[len(at)] {
			at = append(at, i)
		}
		if c != '\r' {
			seen++
		}
	}
	for len(at) < len(behind) {
		at = append(at, len(src))
	}
	return at
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

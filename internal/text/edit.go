package text

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Edit is the edit of the source that replaces bytes [start, end) of t by with,
// and the literal that it edits: it changes exactly those bytes of the value.
// Nothing is replaced, but something put in behind byte start-1, where start is
// end. It is false where the bytes do not all stand in one literal, or with
// cannot stand there.
//
// Not included: bytes that are part of a character, which a literal cannot
// always spell without the rest of it; embedded files, which no Go edit may
// touch.
func (t Text) Edit(start, end int, with string) (lit *ast.BasicLit, pos, stop token.Pos, words string, ok bool) {
	p := t.editable(start, end)
	if p == nil || p.Raw == nil && p.Lit.End() > p.Lit.Pos()+token.Pos(len(p.Lit.Value)) {
		return nil, token.NoPos, token.NoPos, "", false // or the file cannot be read
	}
	if p.Format {
		with = strings.ReplaceAll(with, "%", "%%")
	}
	pos, stop = p.span(start, end)
	words, ok = spell(p.Lit, with)
	return p.Lit, pos, stop, words, ok
}

// editable is the piece in which bytes [start, end) can be replaced, or nil.
func (t Text) editable(start, end int) *Piece {
	if start < 0 || end < start || len(t.Value) < end || !OnCharacter(t.Value, start) || !OnCharacter(t.Value, end) {
		return nil
	}
	fits := func(p *Piece) bool {
		return p != nil && p.Lit != nil && p.verb == 0 && p.Start <= start && end <= p.End &&
			// %% of a format is one byte of the text.
			!(p.Format && strings.Contains(t.Value[p.Start:p.End], "%"))
	}
	if start == end && start > 0 {
		if p := t.At(start - 1); fits(p) {
			return p
		}
	}
	if p := t.At(start); fits(p) {
		return p
	}
	return nil
}

// OnCharacter reports whether a character of s begins at i, or s ends there.
func OnCharacter(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

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

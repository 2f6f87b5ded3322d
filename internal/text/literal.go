package text

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"unicode/utf8"
)

// literalOffsets returns the positions in the source of the ascending value
// offsets at of a string literal.
func literalOffsets(lit *ast.BasicLit, at ...int) []token.Pos {
	pos := make([]token.Pos, len(at))
	src := lit.Value
	if len(src) < 2 {
		return pos
	}
	if src[0] == '`' {
		// The scanner drops the \r of each line end; the source still has them.
		crlf := lit.ValueEnd.IsValid() && int(lit.ValueEnd-lit.ValuePos) > len(src)
		for i, off := range at {
			off = min(off, len(src)-2)
			pos[i] = lit.ValuePos + token.Pos(1+off)
			if crlf {
				pos[i] += token.Pos(strings.Count(src[1:1+off], "\n"))
			}
		}
		return pos
	}
	source, value, next := 1, 0, 0
	for next < len(at) {
		for next < len(at) && at[next] <= value {
			pos[next] = lit.ValuePos + token.Pos(source)
			next++
		}
		if next == len(at) || source >= len(src)-1 {
			break
		}
		// What is not escaped is as long in the source as in the value.
		plain := strings.IndexByte(src[source:len(src)-1], '\\')
		if plain < 0 {
			plain = len(src) - 1 - source
		}
		if plain > 0 {
			plain = min(plain, at[next]-value)
			source += plain
			value += plain
			continue
		}
		n, size := character(src[source : len(src)-1])
		source += n
		value += size
	}
	for ; next < len(at); next++ {
		pos[next] = lit.ValuePos + token.Pos(len(src)-1)
	}
	return pos
}

// character measures the first character of s, the inside of an interpreted
// literal: its bytes in the source and its bytes in the value.
func character(s string) (source, value int) {
	if s[0] != '\\' {
		return 1, 1
	}
	r, multibyte, tail, err := strconv.UnquoteChar(s, '"')
	if err != nil {
		return 1, 1
	}
	if !multibyte {
		return len(s) - len(tail), 1
	}
	return len(s) - len(tail), utf8.RuneLen(r)
}

// RawOffsets are the places in src, a raw literal, where the bytes [start, end)
// of its value begin and end: bytes other than \r.
func RawOffsets(src string, start, end int) (from, to int) {
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

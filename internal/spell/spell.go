// Package spell makes short lines of pieces of code, as messages have them.
package spell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Max is about how many characters a line has.
const Max = 60

// Line makes a short line of a piece of a text: white space folded, holes
// shown as …, cut between two words where it is long.
func Line(src string) string {
	src = src[:min(len(src), 8*Max)]
	src = strings.ToValidUTF8(src, "�")
	src = strings.Join(strings.Fields(src), " ")
	for strings.Contains(src, "\x00\x00") {
		src = strings.ReplaceAll(src, "\x00\x00", "\x00")
	}
	return Shorten(strings.ReplaceAll(src, "\x00", "…"), Max)
}

// maxName is how long a name of PostgreSQL can be, in bytes, with its quotes.
const maxName = 63 + 2

// Shorten cuts a line between two tokens after about max characters, and says
// so with …. A name that begins before that is kept whole; what is longer than
// any name, such as a literal, is cut where it has to be.
func Shorten(line string, max int) string {
	if utf8.RuneCountInString(line) <= max {
		return line
	}
	kept, n := 0, 0 // bytes, characters
	for kept < len(line) {
		end := kept + tokenEnd(line[kept:])
		size := utf8.RuneCountInString(line[kept:end])
		if n+size >= max && (!isNamed(line[kept:end]) || end-kept > maxName || n >= max-1) {
			break
		}
		kept, n = end, n+size
	}
	if kept == len(line) {
		return line
	}
	if rest := line[kept:]; kept == 0 || tokenEnd(rest) > maxName && n < max/2 {
		return line[:kept] + string([]rune(rest)[:max-1-n]) + "…"
	}
	kept = len(strings.TrimRight(line[:kept], " "))
	return line[:kept] + "…"
}

// tokenEnd is where the first token of s ends: a name with its schema, a quoted
// name, a literal, or any other character.
func tokenEnd(s string) int {
	first, size := utf8.DecodeRuneInString(s)
	if first == '\'' || first == '"' {
		if i := strings.IndexRune(s[size:], first); i >= 0 {
			return size + i + size
		}
		return len(s)
	}
	if !inName(first) {
		return size
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !inName(r) }); i > 0 {
		return i
	}
	return len(s)
}

func inName(r rune) bool {
	return r == '_' || r == '$' || r == '.' || r == '…' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// isNamed reports whether a token is a name, perhaps in quotes that are closed.
func isNamed(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	quoted := (r == '\'' || r == '"') && len(token) > 1 && token[len(token)-1] == byte(r)
	return inName(r) || quoted
}

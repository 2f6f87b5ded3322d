package session

import (
	"strings"
	"unicode/utf8"
)

const maxWords = 60

// spell makes a short line of a piece of a text: white space folded, holes
// shown as …, no longer than 60 characters.
func spell(src string) string {
	src = src[:min(len(src), 4*maxWords)]
	src = strings.ToValidUTF8(src, "�")
	src = strings.Join(strings.Fields(src), " ")
	for strings.Contains(src, "\x00\x00") {
		src = strings.ReplaceAll(src, "\x00\x00", "\x00")
	}
	src = strings.ReplaceAll(src, "\x00", "…")
	if utf8.RuneCountInString(src) <= maxWords {
		return src
	}
	return string([]rune(src)[:maxWords-1]) + "…"
}

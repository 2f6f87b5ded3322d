package sqlflow

import (
	"strings"

	"github.com/poolvet/poolvet/internal/text"
)

// maxParams is how many parameters of one text are looked at.
const maxParams = 100

// paramsOf are the parameters and fields that stand where a statement can begin:
// what fills one is SQL too. Not those further inside, which are names and values.
func paramsOf(t text.Text) []text.Piece {
	var ps []text.Piece
	seen := 0
	for _, p := range t.Pieces {
		if p.Param == nil {
			continue
		}
		if seen++; seen > maxParams {
			break
		}
		if beginsStatement(t.Value[:p.Start]) {
			ps = append(ps, p)
		}
	}
	return ps
}

// beginsStatement reports whether a statement can begin after before: that is
// nothing but comments, markers and white space, ends a statement, or
// introduces one (EXPLAIN, PREPARE x AS).
func beginsStatement(before string) bool {
	s := strings.Trim(stripComments(before), " \t\r\n("+text.HoleText)
	if s == "" || strings.HasSuffix(s, ";") {
		return true
	}
	words := strings.Fields(strings.ToLower(s[:min(200, len(s))]))
	switch words[0] {
	case "explain", "copy":
		return true
	case "prepare", "declare":
		last := words[len(words)-1]
		return last == "as" || last == "for"
	}
	return false
}

// stripComments removes -- and /* */ comments.
func stripComments(s string) string {
	if !strings.Contains(s, "--") && !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		open, end := s[i:min(i+2, len(s))], ""
		switch open {
		case "--":
			end = "\n"
		case "/*":
			end = "*/"
		default:
			b.WriteByte(s[i])
			continue
		}
		n := strings.Index(s[i:], end)
		if n < 0 {
			return b.String()
		}
		i += n + len(end) - 1
		b.WriteByte(' ')
	}
	return b.String()
}

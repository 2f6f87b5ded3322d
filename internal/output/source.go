package output

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Sources gives the lines of source files. The zero value reads files; a text
// that is in none is put into it.
type Sources struct {
	lines map[string][]string
	shown map[string][]string // without passwords
}

func (s *Sources) Put(file, text string) []string {
	if s.lines == nil {
		s.lines = make(map[string][]string)
	}
	lines := strings.Split(text, "\n")
	s.lines[file] = lines
	return lines
}

func (s *Sources) of(file string) []string {
	if lines, ok := s.lines[file]; ok {
		return lines
	}
	text, err := os.ReadFile(file)
	lines := s.Put(file, string(text))
	if err != nil { // nothing is shown without it
		lines, s.lines[file] = nil, nil
	}
	return lines
}

// toShow are the lines of a file as they may be shown.
func (s *Sources) toShow(file string) []string {
	if lines, ok := s.shown[file]; ok {
		return lines
	}
	if s.shown == nil {
		s.shown = make(map[string][]string)
	}
	lines := slices.Clone(s.of(file))
	for i, line := range lines {
		lines[i] = hidePasswords(line)
	}
	s.shown[file] = lines
	return lines
}

// frameLine is one line of source, ready to be shown, and what to mark in it.
type frameLine struct {
	text          string
	indent, marks int  // in columns of the screen
	from, to      int  // the same in bytes of text
	more          bool // stands for further lines
}

const (
	maxLines = 3   // of one finding
	maxWidth = 140 // of one line, in columns
	tabWidth = 4
)

// frame is the source of a finding.
func (s *Sources) frame(f Finding) (frame []frameLine) {
	lines := s.toShow(f.File)
	if f.Line < 1 || f.Column < 1 || f.EndLine > len(lines) {
		return nil
	}
	for n := f.Line; n <= f.EndLine; n++ {
		if len(frame) == maxLines {
			return append(frame, frameLine{text: "…", more: true})
		}
		line := strings.TrimSuffix(lines[n-1], "\r")
		start, end := 0, len(line)
		if n == f.Line {
			start = f.Column - 1
		} else {
			start = len(line) - len(strings.TrimLeft(line, " \t"))
		}
		if n == f.EndLine {
			end = f.EndColumn - 1
		}
		frame = append(frame, mark(line, start, end))
	}
	return frame
}

// passwords of connection strings, as far as a line shows where they are.
var passwords = regexp.MustCompile(`(?i)(?:://[^\s:/@"'` + "`" + `]*:([^\s"'` + "`" + `]+)@|\b(?:password|passwd|pgpassword)\s*=\s*("[^"]*"|'[^']*'|[^\s"'` + "`" + `&;,)]+))`)

// hidePasswords puts an asterisk in the place of each of their bytes.
func hidePasswords(line string) string {
	b := []byte(line)
	for _, m := range passwords.FindAllStringSubmatchIndex(line, -1) {
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				copy(b[m[i]:m[i+1]], strings.Repeat("*", m[i+1]-m[i]))
			}
		}
	}
	return string(b)
}

// mark lays a line out for the screen, with its bytes from start to end
// marked: one column at least. Of a long line it shows the part where the mark
// begins.
func mark(line string, start, end int) frameLine {
	start = min(start, len(line))
	end = min(max(start, end), len(line))
	from := 0
	if len(line) > maxWidth && start > maxWidth/2 {
		from = start - maxWidth/4
		for from < start && !utf8.RuneStart(line[from]) {
			from++
		}
	}
	var r row
	if from > 0 {
		r.add("…")
	}
	r.add(line[from:start])
	l := frameLine{indent: r.column, from: r.text.Len()}
	r.add(line[start:end])
	l.marks, l.to = r.column-l.indent, r.text.Len()
	r.add(line[end:])
	l.text = r.text.String()
	if strings.TrimSpace(l.text) != "" {
		l.marks = max(l.marks, 1)
	}
	return l
}

// row is a line of the screen.
type row struct {
	text   strings.Builder
	column int
	full   bool
}

// add writes s as far as there is room.
func (r *row) add(s string) {
	for _, c := range s {
		if r.full {
			return
		}
		text, w := show(c)
		if c == '\t' {
			w = tabWidth - r.column%tabWidth
			text = strings.Repeat(" ", w)
		}
		if r.column+w > maxWidth {
			r.text.WriteString("…")
			r.full = true
			return
		}
		r.text.WriteString(text)
		r.column += w
	}
}

// show is how a rune appears, and how many columns it takes. What a terminal
// would act on, and what turns the direction of text, appears as a dot.
func show(r rune) (text string, columns int) {
	switch {
	case unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp):
		return "·", 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return string(r), 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return string(r), 2
	}
	return string(r), 1
}

// MarkedLine is a line of source that a page shows, with the words of a finding
// apart.
type MarkedLine struct{ Number, Before, Marked, After string }

// Marked is the source of a finding for a page.
func (s *Sources) Marked(f Finding) (lines []MarkedLine) {
	for i, l := range s.frame(f) {
		line := MarkedLine{Number: strconv.Itoa(f.Line + i), Before: l.text[:l.from], Marked: l.text[l.from:l.to], After: l.text[l.to:]}
		if l.more {
			line = MarkedLine{Before: l.text}
		}
		lines = append(lines, line)
	}
	return lines
}

package output

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The colours of text, where it is coloured.
const (
	bold   = "\x1b[1m"
	red    = "\x1b[1;31m"
	green  = "\x1b[1;32m"
	yellow = "\x1b[1;33m"
	cyan   = "\x1b[1;36m"
	dim    = "\x1b[2m"
	plain  = "\x1b[0m"
)

var (
	levelColors = map[Level]string{Error: red, Warning: yellow, Note: cyan}
	signColors  = map[string]string{"-": red, "+": green}
)

// WriteText writes each cause as file:line:column: level: message, the source
// with the very words marked, where to read more, the lines that its fix changes,
// and where else it is. Notices and the summary are stderr's.
func WriteText(w io.Writer, r *Report, src *Sources, color bool) error {
	for i, c := range causes(r.Findings) {
		if i > 0 {
			fmt.Fprintln(w)
		}
		t := &textView{w: w, color: color}
		fmt.Fprintln(w, t.paint(bold, OneLine(c.Place())+":"), t.paint(levelColors[c.Level], string(c.Level)+":"), OneLine(c.Message))
		frame, fixed := src.frame(c.Finding), []fixLine(nil)
		last := c.Line + len(frame)
		if c.Fix != nil {
			fixed = src.fixLines(c.Fix)
			for _, l := range fixed {
				last = max(last, l.number)
			}
		}
		t.gutter = len(strconv.Itoa(last))
		t.frame(frame, c.Line)
		for _, note := range notes(c.Finding) {
			t.note(note)
		}
		t.fix(c.Finding, fixed)
		if also := c.alsoAt(); also != "" {
			t.note(also)
		}
	}
	return nil
}

// textView writes what stands below the line of a finding.
type textView struct {
	w      io.Writer
	color  bool
	gutter int // how wide the numbers are
}

func (t *textView) paint(style, s string) string {
	if !t.color || s == "" {
		return s
	}
	return style + s + plain
}

// line writes one line behind the gutter.
func (t *textView) line(number, sign, text string) {
	fmt.Fprintln(t.w, strings.TrimRight(t.paint(dim, fmt.Sprintf("  %*s %s", t.gutter, number, sign))+" "+text, " "))
}

func (t *textView) note(text string) { t.line("", "=", OneLine(text)) }

func (t *textView) frame(frame []frameLine, first int) {
	for i, l := range frame {
		number := strconv.Itoa(first + i)
		if l.more {
			number = strings.Repeat(".", len(number))
		}
		t.line(number, "|", l.text)
		if l.marks > 0 {
			t.line("", "|", strings.Repeat(" ", l.indent)+t.paint(red, strings.Repeat("^", l.marks)))
		}
	}
}

// fix writes the lines of a finding's fix.
func (t *textView) fix(f Finding, lines []fixLine) {
	if len(lines) == 0 {
		return
	}
	t.note("fix: " + f.Fix.Title)
	file := f.File
	for i, l := range lines {
		if i == maxFixLines {
			t.line(".", "|", "…")
			return
		}
		if l.file != file {
			file = l.file
			t.note("in " + file)
		}
		t.line(strconv.Itoa(l.number), l.sign, t.paint(signColors[l.sign], l.text))
	}
}

// notes are the lines below the source: where it leads, what was assumed, the remedy, unless the
// message holds it, and the reference.
func notes(f Finding) (lines []string) {
	for _, r := range f.Related {
		lines = append(lines, placed(r.File, r.Line, r.Column)+": "+r.Message)
	}
	if f.Assumed != "" {
		lines = append(lines, "assumed that "+f.Assumed)
	}
	if f.Remedy != "" && !strings.Contains(f.Message, f.Remedy) {
		lines = append(lines, f.Remedy)
	}
	switch {
	case strings.HasPrefix(f.Reference, "https://"):
		lines = append(lines, "see "+f.Reference)
	case f.Reference != "":
		lines = append(lines, f.Reference)
	}
	return lines
}

// OneLine is s on one line, with nothing that a terminal would act on.
func OneLine(s string) string {
	var b strings.Builder
	for _, r := range s {
		if cell, _ := show(r); r >= ' ' && cell != "" {
			b.WriteString(cell)
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

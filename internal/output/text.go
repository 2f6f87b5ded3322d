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
	yellow = "\x1b[1;33m"
	cyan   = "\x1b[1;36m"
	dim    = "\x1b[2m"
	plain  = "\x1b[0m"
)

var levelColors = map[Level]string{Error: red, Warning: yellow, Note: cyan}

// WriteText writes each finding as file:line:column: level: message, the source with
// the very words marked, and where to read more.
// Notices and the summary are stderr's.
func WriteText(w io.Writer, r *Report, src *Sources, color bool) error {
	paint := func(style, s string) string {
		if !color || s == "" {
			return s
		}
		return style + s + plain
	}
	for i, f := range r.Findings {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, paint(bold, OneLine(f.Place())+":"), paint(levelColors[f.Level], string(f.Level)+":"), OneLine(f.Message))
		frame := src.frame(f)
		gutter := len(strconv.Itoa(f.Line + len(frame)))
		for j, l := range frame {
			number := strconv.Itoa(f.Line + j)
			if l.more {
				number = strings.Repeat(".", len(number))
			}
			fmt.Fprintln(w, strings.TrimRight(paint(dim, fmt.Sprintf("  %*s |", gutter, number))+" "+l.text, " "))
			if l.marks > 0 {
				fmt.Fprintf(w, "%s %s%s\n", paint(dim, fmt.Sprintf("  %*s |", gutter, "")),
					strings.Repeat(" ", l.indent), paint(red, strings.Repeat("^", l.marks)))
			}
		}
		for _, note := range notes(f) {
			fmt.Fprintf(w, "  %s %s\n", paint(dim, fmt.Sprintf("%*s =", gutter, "")), OneLine(note))
		}
	}
	return nil
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

package directive

import (
	"strings"

	"github.com/poolvet/poolvet/internal/pgquery"
)

// Placed is a directive in a text of SQL, in bytes of it.
type Placed struct {
	*Directive
	Start, End int // of the comment
	From, To   int // what it holds for
}

// InSQL are the directives of a text: one behind code holds for what stands in
// its line and for the statement that ends there, one in a line of its own for
// the statement behind it, in a body for the next line, and one at the top that
// an empty line parts from the first statement holds for all of the text.
func InSQL(text string, known Known) (all []Placed) {
	if !strings.Contains(strings.ToLower(text), "poolvet") {
		return nil
	}
	r := sqlReader{text: text, known: known}
	r.read(0, len(text), false)
	return r.all
}

type sqlReader struct {
	text  string
	known Known
	all   []Placed
}

// read reads the comments of a part of the text.
func (r *sqlReader) read(from, to int, body bool) {
	part := r.text[from:to]
	tokens := pgquery.Scan(part)
	at := 0
	for i := 0; i <= len(tokens); i++ {
		end := len(part)
		if i < len(tokens) {
			end = tokens[i].Start
		}
		r.gap(part, from, at, end, tokens[:i], tokens[i:], body)
		if i == len(tokens) {
			return
		}
		at = tokens[i].End
		if t := tokens[i]; t.Kind == pgquery.Dollar && !t.Broken {
			tag := strings.IndexByte(part[t.Start+1:], '$') + 2
			r.read(from+t.Start+tag, from+t.End-tag, true)
		}
	}
}

// gap reads the comments between two tokens of a part, which begins at base.
func (r *sqlReader) gap(part string, base, at, end int, before, after []pgquery.Token, body bool) {
	for at < end {
		dashes, block := strings.Index(part[at:end], "--"), strings.Index(part[at:end], "/*")
		switch {
		case dashes < 0:
			return
		case block >= 0 && block < dashes:
			n := strings.Index(part[at+block+2:end], "*/")
			if n < 0 {
				return
			}
			at += block + 2 + n + 2
			continue
		}
		start := at + dashes
		stop := lineEnd(part, start)
		if d := Parse(strings.TrimRight(part[start:stop], " \t\r"), SQL, r.known); d != nil {
			p := Placed{Directive: d, Start: base + start, End: base + stop}
			p.From, p.To = holds(part, start, stop, before, after, body)
			p.From, p.To = base+p.From, base+p.To
			r.all = append(r.all, p)
		}
		at = stop
	}
}

func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// holds is what a comment holds for that stands between these tokens.
func holds(text string, start, stop int, before, after []pgquery.Token, body bool) (from, to int) {
	line := strings.LastIndexByte(text[:start], '\n') + 1
	alone := strings.TrimSpace(text[line:start]) == ""
	switch {
	case !alone && (body || len(before) == 0):
		return line, stop
	case !alone:
		return beginning(text, before), stop
	case body:
		return start, lineEnd(text, min(stop+1, len(text)))
	case len(before) == 0 && len(after) > 0 && parted(text[stop:after[0].Start]):
		return 0, len(text)
	case len(after) == 0:
		return start, stop
	}
	return start, ending(text, after)
}

// parted reports whether an empty line stands in what lies before the first
// statement.
func parted(text string) bool {
	lines := strings.Split(text, "\n")
	for _, l := range lines[1:max(len(lines)-1, 1)] {
		if strings.TrimSpace(l) == "" {
			return true
		}
	}
	return false
}

// beginning is where the statement begins that the last of some tokens is of.
func beginning(text string, tokens []pgquery.Token) int {
	for i := len(tokens) - 2; i >= 0; i-- {
		if tokens[i].Kind == pgquery.Punct && text[tokens[i].Start] == ';' {
			return tokens[i+1].Start
		}
	}
	return tokens[0].Start
}

// ending is where the statement ends that begins with the first of some tokens.
func ending(text string, tokens []pgquery.Token) int {
	for _, t := range tokens {
		if t.Kind == pgquery.Punct && text[t.Start] == ';' {
			return t.End
		}
	}
	return tokens[len(tokens)-1].End
}

package session

import (
	"errors"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/poolvet/poolvet/internal/pgquery"
)

const (
	maxAttempts = 12     // of filling the spots of one statement
	maxBudget   = 25_000 // tokens given to the parser for one text
	parseCost   = 20     // of a call of the parser, in tokens
)

var errBudget = errors.New("too much for the parser in one text")

// spend takes a call of the parser out of the budget.
func (s statement) spend() bool {
	*s.budget -= len(s.tokens) + parseCost
	return *s.budget >= 0
}

func newBudget() *int { n := maxBudget; return &n }

// A filling is the text of a statement as the parser gets it, with something
// plausible in place of each part that is not known.
type filling struct {
	statement
	spots []spot
	sql   string
}

type spot struct {
	token  pgquery.Token
	fills  []string // what to try, in order
	choice int
	start  int // where the chosen fill stands in the filling
	end    int
}

// parse parses the statement. What stands in the spots is a guess; where the
// parser refuses the text, the spot before the refused word gets the next.
func (s statement) parse() (*pgquery.Node, *filling, error) {
	if len(s.tokens) == 0 {
		return nil, nil, errors.New("empty")
	}
	if last := s.tokens[len(s.tokens)-1]; last.Broken {
		return nil, nil, &unreadError{last.Start, "the quote that opens here is not closed", true}
	}
	if !pgquery.Bounded(s.text, s.tokens) {
		return nil, nil, pgquery.ErrTooComplex
	}
	f := &filling{statement: s}
	for i, t := range s.tokens {
		if t.Kind == pgquery.Spot || t.Kind == pgquery.Param {
			f.spots = append(f.spots, spot{token: t, fills: s.fills(i)})
		}
	}
	for attempt := 1; ; attempt++ {
		if !s.spend() {
			return nil, nil, errBudget
		}
		f.fill()
		node, err := pgquery.Parse(f.sql)
		var syntax *pgquery.SyntaxError
		switch {
		case err == nil:
			return node, f, nil
		case !errors.As(err, &syntax):
			return nil, nil, err
		case attempt == maxAttempts, !f.retry(syntax.Offset):
			return nil, nil, &unreadError{f.original(max(0, syntax.Offset)), "syntax error for PostgreSQL " + pgquery.PostgreSQL, true}
		}
	}
}

// fill writes the text for the parser.
func (f *filling) fill() {
	var b strings.Builder
	last := f.tokens[0].Start
	for i := range f.spots {
		p := &f.spots[i]
		clean(&b, f.text[last:p.token.Start])
		p.start = b.Len()
		clean(&b, p.fills[p.choice])
		p.end = b.Len()
		last = p.token.End
	}
	clean(&b, f.text[last:f.tokens[len(f.tokens)-1].End])
	f.sql = b.String()
}

// clean writes src with a letter or digit for each byte that is a hole or no
// UTF-8, as many bytes as before.
func clean(b *strings.Builder, src string) {
	for len(src) > 0 {
		i := strings.IndexFunc(src, func(r rune) bool { return r == Hole || r == utf8.RuneError })
		if i < 0 {
			b.WriteString(src)
			return
		}
		b.WriteString(src[:i])
		r, n := utf8.DecodeRuneInString(src[i:])
		switch {
		case r == utf8.RuneError && n > 1: // the character U+FFFD itself
			b.WriteString(src[i : i+n])
		case i > 0 && (src[i-1] == '$' || '0' <= src[i-1] && src[i-1] <= '9'):
			b.WriteByte('1')
		default:
			b.WriteByte('z')
		}
		src = src[i+n:]
	}
}

// original turns a byte offset of the filling into one of the text.
func (f *filling) original(offset int) int {
	shift := f.tokens[0].Start
	for _, p := range f.spots {
		if offset < p.start {
			break
		}
		if offset < p.end {
			return p.token.Start
		}
		shift = p.token.End - p.end
	}
	return offset + shift
}

// token returns the token that holds the byte of the filling, -1 if none does.
func (f *filling) token(offset int) int {
	at := f.original(offset)
	i := sort.Search(len(f.tokens), func(i int) bool { return f.tokens[i].End > at })
	if i == len(f.tokens) {
		return -1
	}
	return i
}

// retry changes the guess for the last spot before the refused word; where
// all were tried there, for the spot before that.
func (f *filling) retry(offset int) bool {
	for i := len(f.spots) - 1; i >= 0; i-- {
		p := &f.spots[i]
		if p.start > offset {
			continue
		}
		if p.choice+1 < len(p.fills) {
			p.choice++
			return true
		}
		p.choice = 0
	}
	return false
}

// openings are the guesses for what stands before all that is known.
var openings = []string{" ", " select ", " select z from z ", " insert into z values (1) ", " insert into z ", " update z ", " z "}

// fills are the guesses for the spot that is token i.
func (s statement) fills(i int) []string {
	t := s.tokens[i]
	switch {
	case t.Kind == pgquery.Param:
		return []string{s.src(i), " z ", " 'z' "}
	case t.Place == pgquery.Placeholder && s.oneOf(i-1, "in"):
		return []string{" (z) ", " z "}
	case t.Place == pgquery.Placeholder:
		return []string{" z ", " (z) ", " 'z' ", s.src(i)}
	case s.oneOf(i-1, "in", "values"):
		return []string{" (z) ", " z ", " "}
	case i == 0 && len(s.tokens) > 1:
		return openings
	case t.Place == pgquery.Template && controls(s.src(i)):
		return []string{" ", " z "}
	}
	return []string{" z ", " ", " (z) ", " 'z' ", " z=z ", " z z ", " = ", " and ", " select "}
}

// controls reports whether a template's action writes nothing itself.
func controls(src string) bool {
	action := strings.TrimLeft(strings.TrimPrefix(src, "{{"), "- \t\n")
	for _, word := range []string{"if", "else", "end", "range", "with", "define", "template", "block", "/*", "$"} {
		if strings.HasPrefix(action, word) {
			return true
		}
	}
	return false
}

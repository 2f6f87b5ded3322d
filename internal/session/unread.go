package session

import (
	"errors"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// Unread is a statement that could not be read.
type Unread struct {
	At     int    // the byte of the text where reading ended
	Reason string // "syntax error"
	Could  Could  // what it may do all the same
}

// Could is what a text may do, by its words alone.
type Could struct {
	Kinds []effect.Kind
	Body  bool // in the body of a DO block or a function
}

// Nothing reports whether no word of the text belongs to an effect.
func (c Could) Nothing() bool { return len(c.Kinds) == 0 && !c.Body }

const (
	maxUnread  = 20 // of one text
	maxRefused = 2_000_000
)

// unreadError is why a statement was given up, and where in the text.
type unreadError struct {
	at     int
	reason string
	syntax bool // the parser refused it: it is no SQL
}

func (e *unreadError) Error() string { return e.reason }

// unread says of a statement with an effect of none but its length why that is.
func (s statement) unread(err error) Unread {
	u := Unread{At: s.tokens[0].Start, Reason: err.Error(), Could: s.could()}
	var at *unreadError
	if errors.As(err, &at) {
		u.At = at.at
	}
	return u
}

// Refused lists the statements of a text that are no SQL, whatever they would
// do. Not included: what a template writes, or psql reads for itself, where
// that may be what the parser minds, and what one of the parsers may know.
func Refused(text string) (all []Unread) {
	if i := strings.IndexByte(text, Hole); i >= 0 {
		return []Unread{{At: i, Reason: "a NUL byte, which no SQL has"}}
	}
	budget := newBudget()
	for _, s := range split(text, pgquery.Scan(text), 0, budget) {
		if len(all) == maxUnread {
			break
		}
		if !s.hasSpots() { // it is parsed once, whatever its length
			own := maxRefused
			s.budget = &own
		}
		_, _, err := s.parse()
		var at *unreadError
		if errors.As(err, &at) && at.syntax && !s.excused(at.at) && !pgquery.Newer(text, s.tokens) {
			all = append(all, s.unread(err))
		}
	}
	return all
}

// hasSpots reports whether a client puts something into the statement.
func (s statement) hasSpots() bool {
	return slices.ContainsFunc(s.tokens, func(t pgquery.Token) bool { return t.Kind == pgquery.Spot || t.Kind == pgquery.Param })
}

// excused reports whether what the parser minds at a byte may be no fault of
// the text: a command of psql, or what follows a template.
func (s statement) excused(at int) bool {
	if at < len(s.text) && (s.text[at] == '\\' || s.text[at] == ':') {
		return true
	}
	return slices.ContainsFunc(s.tokens, func(t pgquery.Token) bool { return t.Start <= at && t.Place == pgquery.Template })
}

// could is what the statement may do, by its words.
func (s statement) could() (c Could) {
	first := s.first()
	c.word(strings.ToLower(s.src(first)))
	if s.is(first, "set") && !s.oneOf(first+1, "local", "session", "role", "transaction") && s.kind(first+1, pgquery.Word) {
		c.Kinds = []effect.Kind{effect.Set, effect.Reset}
	}
	creates := s.oneOf(first, "create", "explain", "do")
	for i, t := range s.tokens {
		switch t.Kind {
		case pgquery.Word, pgquery.Quoted:
			word := strings.ToLower(strings.Trim(s.src(i), `"`))
			if of := keyword.Of(word); i > first && (of == keyword.Function || of == keyword.Temp || of == keyword.Statement && creates && word != "set") {
				c.word(word)
			}
		case pgquery.Str, pgquery.Dollar:
			if creates && Gate(s.src(i)) {
				c.words(s.src(i))
				c.Body = true
			}
		}
	}
	return c
}

// CouldBe is what a text of whole statements may do, without a parser.
func CouldBe(text string) (c Could) {
	if !Gate(text) {
		return c
	}
	for _, s := range split(text, pgquery.Scan(text), 0, newBudget()) {
		if first := s.first(); first < len(s.tokens) && s.concerns(first) {
			c.Add(s.could())
		}
	}
	return c
}

// Anything is what a text of which nothing is known may do.
func Anything() (c Could) {
	for word := range keyword.All() {
		c.word(word)
	}
	c.Body = true
	return c
}

// Add makes c what either may do.
func (c *Could) Add(more Could) {
	c.Body = c.Body || more.Body
	for _, kind := range more.Kinds {
		if !slices.Contains(c.Kinds, kind) {
			c.Kinds = append(c.Kinds, kind)
		}
	}
}

func (c *Could) words(text string) {
	for word := range keyword.Words(text) {
		c.word(strings.ToLower(word))
	}
}

// word adds what a word, in lower case, can belong to.
func (c *Could) word(word string) {
	c.Add(Could{Kinds: keyword.Kinds(word), Body: word == "do"})
}

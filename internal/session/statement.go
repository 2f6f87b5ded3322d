package session

import (
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/spell"
)

// A statement is one statement of a text, by its tokens.
type statement struct {
	text   string // the whole text
	tokens []pgquery.Token
	depth  int  // of bodies that it stands in
	budget *int // what the parser may still be given, in tokens
	strict bool // it did not parse, so nothing may follow what was read of it
}

// split cuts a text into its statements, as psql does: at semicolons outside
// of brackets and of BEGIN ATOMIC bodies. Empty ones are left out.
func split(text string, tokens []pgquery.Token, bodies int, budget *int) []statement {
	var all []statement
	depth, atomic, first := 0, 0, 0
	add := func(end int) {
		if end > first {
			all = append(all, statement{text: text, tokens: tokens[first:end:end], depth: bodies, budget: budget})
		}
		first, depth, atomic = end+1, 0, 0
	}
	for i, t := range tokens {
		switch t.Kind {
		case pgquery.Punct:
			switch text[t.Start] {
			case '(', '[':
				depth++
			case ')', ']':
				depth = max(0, depth-1)
			case ';', '\\', '-': // \gset of psql, a mark of a migration tool
				if depth == 0 && atomic == 0 {
					add(i)
				}
			}
		case pgquery.Word:
			s := statement{text: text, tokens: tokens}
			switch {
			case s.is(i, "begin", "atomic"), atomic > 0 && s.is(i, "case"):
				atomic++
			case atomic > 0 && s.is(i, "end"):
				atomic--
			}
		}
	}
	add(len(tokens))
	return all
}

// Span is where a statement stands in its text, in bytes.
type Span struct{ Start, End int }

// Statements are where the statements of a text stand, without what is between
// them.
func Statements(text string) (spans []Span) {
	for _, s := range split(text, pgquery.Scan(text), 0, nil) {
		spans = append(spans, Span{s.tokens[0].Start, s.tokens[len(s.tokens)-1].End})
	}
	return spans
}

// src is the text of token i, "" where there is none.
func (s statement) src(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.text[s.tokens[i].Start:s.tokens[i].End]
}

// kind reports whether token i is of this kind.
func (s statement) kind(i int, kind pgquery.TokenKind) bool {
	return 0 <= i && i < len(s.tokens) && s.tokens[i].Kind == kind
}

// is reports whether the tokens from i on are these words, given in lower
// case, in any case.
func (s statement) is(i int, words ...string) bool {
	for k, w := range words {
		if !s.kind(i+k, pgquery.Word) || !keyword.Is(s.src(i+k), w) {
			return false
		}
	}
	return true
}

// oneOf reports whether token i is one of these words, in any case.
func (s statement) oneOf(i int, words ...string) bool {
	for _, w := range words {
		if s.is(i, w) {
			return true
		}
	}
	return false
}

// assigns reports whether token i is the = or TO of an assignment.
func (s statement) assigns(i int) bool {
	return s.kind(i, pgquery.Op) && s.src(i) == "=" || s.is(i, "to")
}

// ends reports whether nothing that is known stands at token i or after it.
func (s statement) ends(i int) bool {
	for ; i < len(s.tokens); i++ {
		if s.strict || s.tokens[i].Place != pgquery.Unknown {
			return false
		}
	}
	return true
}

// unknown reports whether token i is or holds something not known.
func (s statement) unknown(i int) bool {
	return s.kind(i, pgquery.Spot) || s.kind(i, pgquery.Param) || strings.IndexByte(s.src(i), Hole) >= 0
}

const maxParts = 4

// name reads a name of one or more parts at token i. It returns the token
// after it, i where there is none, and the name as PostgreSQL folds it, ""
// where a part is not known. No name has more than maxParts.
func (s statement) name(i int) (name string, next int) {
	known := true
	var parts []string
	for first := i; ; {
		switch {
		case len(parts) == maxParts:
			return "", first
		case s.kind(i, pgquery.Word):
			parts = append(parts, strings.ToLower(s.src(i)))
		case s.kind(i, pgquery.Quoted):
			parts = append(parts, unquote(s.src(i)))
		case s.kind(i, pgquery.Spot), s.kind(i, pgquery.Param):
		default:
			return "", first
		}
		known = known && !s.unknown(i)
		i++
		if s.src(i) != "." {
			break
		}
		i++
	}
	if !known {
		return "", i
	}
	return strings.Join(parts, "."), i
}

// value reads a constant at token i: a string or a bare word.
func (s statement) value(i int) string {
	switch {
	case s.unknown(i):
		return ""
	case s.kind(i, pgquery.Str):
		return unquote(s.src(i))
	}
	v, _ := s.name(i)
	return v
}

// bracket returns the token after the bracket that closes the one at i.
func (s statement) bracket(i int) (next int, ok bool) {
	if n := s.tokens[i].Close; n > 0 && i+n < len(s.tokens) {
		return i + n + 1, true
	}
	return len(s.tokens), false
}

// effect makes an effect of the words from token i up to token next.
func (s statement) effect(kind effect.Kind, object string, i, next int) effect.Effect {
	start, end := s.tokens[i].Start, s.tokens[next-1].End
	return effect.Effect{Kind: kind, Object: object, Start: start, End: end, Words: spell.Line(s.text[start:end])}
}

// unquote returns what a quoted name or a string constant holds.
func unquote(src string) string {
	quote := src[len(src)-1]
	open := strings.IndexByte(src, quote)
	if open == len(src)-1 {
		return src[open:]
	}
	inner, q := src[open+1:len(src)-1], string(quote)
	return strings.ReplaceAll(inner, q+q, q)
}

package session

import (
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// LooksLikeSQL reports whether a text of which nothing else is known cannot
// be prose: all of it parses, nothing in it has to be guessed, and it has
// SQL's shape. `reset password`, `listen foo` and `discard all` are SQL for
// the parser, and English for their readers. Long texts are not asked for.
func LooksLikeSQL(text string) bool {
	if len(text) > LongLimit {
		return false
	}
	tokens := pgquery.Scan(text)
	for _, t := range tokens {
		if t.Kind == pgquery.Spot || strings.IndexByte(text[t.Start:t.End], Hole) >= 0 {
			return false
		}
	}
	statements := split(text, tokens, 0, newBudget())
	for _, s := range statements {
		if node, _, err := s.parse(); err != nil || node == nil || !s.shaped() {
			return false
		}
	}
	return len(statements) > 0
}

// MayBegin reports whether a text, perhaps with holes, begins as a statement
// does: with a word in capitals, or SELECT or WITH however it is written. A word
// in small letters begins many a message.
func MayBegin(text string) bool {
	text = strings.TrimLeft(text, " \t\r\n(;")
	n := strings.IndexFunc(text+" ", func(r rune) bool { return r < 'A' || r > 'z' || r > 'Z' && r < 'a' })
	word := text[:n]
	return n > 1 && (word == strings.ToUpper(word) || strings.EqualFold(word, "select") || strings.EqualFold(word, "with")) || strings.HasPrefix(text, "--")
}

// shaped reports whether a statement that parses is also written as one.
func (s statement) shaped() bool {
	keyword, capitals := strings.ToLower(s.src(0)), isCapital(s.src(0))
	effects := s.utility(0)
	switch keyword {
	case "create", "declare", "do":
		return true
	case "discard", "deallocate", "unlisten", "prepare", "load":
		return capitals
	case "set":
		if len(effects) == 0 { // SET CONSTRAINTS, or no parameter
			return capitals && s.is(1, "constraints")
		}
		if effects[0].Kind == effect.SetCharacteristics || effects[0].Kind == effect.SetTransaction {
			return capitals
		}
		return capitals && !s.shouts() || s.quotes() || s.terminated()
	case "reset":
		if len(effects) == 0 {
			return false
		}
		switch e := effects[0]; e.Kind {
		case effect.ResetSessionAuthorization:
			return capitals
		case effect.ResetAll, effect.ResetRole:
			return capitals && s.terminated()
		default:
			return capitals && (strings.ContainsAny(e.Object, "._") || s.terminated())
		}
	case "begin", "start":
		return capitals
	case "listen", "execute", "notify":
		return capitals && !s.shouts() && (s.quotes() || s.terminated() || strings.ContainsAny(s.text[s.tokens[1].Start:], "_("))
	}
	if capitals {
		return true
	}
	e, _ := s.effects()
	return len(e) > 0
}

// shouts reports whether all words are in capitals, as on a button, and
// nothing else says that it is SQL.
func (s statement) shouts() bool {
	for i, t := range s.tokens {
		if t.Kind != pgquery.Word || !isCapital(s.src(i)) {
			return false
		}
	}
	return !s.terminated()
}

// quotes reports whether a name or a value is quoted.
func (s statement) quotes() bool {
	for _, t := range s.tokens {
		if t.Kind == pgquery.Str || t.Kind == pgquery.Quoted {
			return true
		}
	}
	return false
}

// terminated reports whether a semicolon ends the statement.
func (s statement) terminated() bool {
	rest := strings.TrimLeft(s.text[s.tokens[len(s.tokens)-1].End:], " \t\r\n")
	return strings.HasPrefix(rest, ";")
}

func isCapital(word string) bool { return word == strings.ToUpper(word) }

// OnlyCalls reports whether a text is SELECT f(…), g(…) and nothing more, so
// that its calls serve no other part of the statement.
func OnlyCalls(text string) bool {
	rest := strings.ToLower(strings.TrimRight(strings.TrimSpace(text), "; \t\r\n"))
	for strings.HasPrefix(rest, "--") { // sqlc's name of the query
		_, rest, _ = strings.Cut(rest, "\n")
		rest = strings.TrimSpace(rest)
	}
	rest, ok := strings.CutPrefix(rest, "select")
	if !ok {
		return false
	}
	depth, quoted := 0, false
	var outside strings.Builder
	for _, c := range rest {
		switch {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0:
			outside.WriteRune(c)
		}
	}
	for item := range strings.SplitSeq(outside.String(), ",") {
		words := strings.Fields(item)
		if len(words) != 1 && !(len(words) == 3 && words[1] == "as") {
			return false // it has FROM or WHERE, perhaps
		}
	}
	return true
}

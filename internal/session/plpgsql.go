package session

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// plpgsql reads the effects of a body in PL/pgSQL. Their ranges are in the
// body, empty where their words cannot be found there. filled is the
// statement around it; a body that does not parse is read by its tokens.
func plpgsql(body string, filled *filling, depth int, budget *int) []effect.Effect {
	b := plpgsqlBody{statement: statement{text: body, tokens: pgquery.Scan(body), depth: depth, budget: budget}, next: map[string]int{}}
	if filled != nil && b.spend() {
		if all, err := pgquery.ParsePLpgSQL(filled.sql, body); err == nil {
			for _, e := range all {
				b.expression(e)
			}
			return b.effects
		}
	}
	b.readTokens()
	return b.effects
}

type plpgsqlBody struct {
	statement
	next    map[string]int // where to look for words that were found before
	effects []effect.Effect
}

func (b *plpgsqlBody) expression(sql pgquery.PLpgSQLExpr) {
	query, tokens := sql.SQL, pgquery.Scan(sql.SQL)
	if sql.Dynamic {
		b.dynamic(statement{text: query, tokens: tokens})
		return
	}
	for _, s := range split(query, tokens, b.depth, b.budget) {
		found, _ := s.effects()
		for _, e := range found {
			e.Start, e.End = b.locate(query[e.Start:e.End], e.Body != effect.Direct)
			b.effects = append(b.effects, e)
		}
	}
}

// dynamic reads the statement that EXECUTE makes of an expression, as far as
// it is constant. Its words are looked for in the expression, as others before
// it may have them too, and are the expression where it does not have them.
func (b *plpgsqlBody) dynamic(q statement) {
	text := q.fold()
	from, to := b.locate(q.text[q.tokens[0].Start:q.tokens[len(q.tokens)-1].End], true)
	next := from
	for _, s := range split(text, pgquery.Scan(text), b.depth+1, b.budget) {
		found, _ := s.effects()
		for _, e := range found {
			words := text[e.Start:e.End]
			e.Start, e.End = from, to
			if n := strings.Index(b.text[next:to], words); n >= 0 && words != "" {
				e.Start, e.End = next+n, next+n+len(words)
				next = e.End
			}
			b.effects = append(b.effects, e)
		}
	}
}

// locate finds words in the body, each place once: as tokens of their own,
// or inside a string too.
func (b *plpgsqlBody) locate(words string, inString bool) (start, end int) {
	for from := b.next[words]; words != ""; {
		n := strings.Index(b.text[from:], words)
		if n < 0 {
			break
		}
		at := from + n
		from = at + 1
		i, _ := slices.BinarySearchFunc(b.tokens, at, func(t pgquery.Token, at int) int {
			if t.End <= at {
				return -1
			}
			return 1
		})
		if i == len(b.tokens) || b.tokens[i].Start > at || b.tokens[i].Start < at && !inString {
			continue
		}
		b.next[words] = from
		return at, at + len(words)
	}
	return 0, 0
}

// fold computes an expression of constant strings, || and format. What is
// not known becomes a hole.
func (s statement) fold() string {
	var text strings.Builder
	add := func(from, to int) {
		switch {
		case to == from+1 && (s.kind(from, pgquery.Str) || s.kind(from, pgquery.Dollar)):
			v, _, _ := s.literal(from)
			text.WriteString(v)
		case s.is(from, "format") && s.src(from+1) == "(":
			text.WriteString(s.format(from + 1))
		default:
			text.WriteByte(Hole)
		}
	}
	from := 0
	for i := 0; i < len(s.tokens); i++ {
		switch s.src(i) {
		case "(", "[":
			next, _ := s.bracket(i)
			i = next - 1
		case "||":
			add(from, i)
			from = i + 1
		}
	}
	if from < len(s.tokens) {
		add(from, len(s.tokens))
	}
	return text.String()
}

// format computes the call of format whose bracket opens at token i.
// https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT
func (s statement) format(i int) string {
	args := s.arguments(i)
	if len(args) == 0 || args[0].to != args[0].from+1 || !s.kind(args[0].from, pgquery.Str) && !s.kind(args[0].from, pgquery.Dollar) {
		return string(Hole)
	}
	f, _, _ := s.literal(args[0].from)
	var text strings.Builder
	for {
		before, after, ok := strings.Cut(f, "%")
		text.WriteString(before)
		if !ok {
			return text.String()
		}
		after = strings.TrimLeft(after, "-0123456789$*")
		switch {
		case strings.HasPrefix(after, "%"):
			text.WriteByte('%')
		case after != "":
			text.WriteByte(Hole)
		}
		f = after[min(1, len(after)):]
	}
}

// readTokens reads a body that does not parse, statement by statement.
func (b *plpgsqlBody) readTokens() {
	from := 0
	for i := 0; i <= len(b.tokens) && len(b.effects) < maxEffects; i++ {
		opens := b.oneOf(i, "begin", "then", "else", "loop", "declare")
		if i == len(b.tokens) || b.src(i) == ";" || opens {
			b.readStatement(statement{text: b.text, tokens: b.tokens[from:i:i], depth: b.depth, budget: b.budget, strict: true})
			from = i + 1
		}
	}
}

func (b *plpgsqlBody) readStatement(s statement) {
	if len(s.tokens) == 0 {
		return
	}
	var found []effect.Effect
	switch {
	case s.is(0, "execute"):
		end := len(s.tokens)
		for _, word := range []string{"into", "using"} {
			if i := s.find(1, word); i > 0 {
				end = min(end, i)
			}
		}
		if end > 1 {
			b.dynamic(statement{text: s.text, tokens: s.tokens[1:end:end]})
		}
		return
	case s.oneOf(0, "alter", "drop", "grant", "comment"):
	case s.is(0, "create"):
		found, _ = s.effects()
	default:
		found = s.utility(0)
		for i := range s.tokens {
			if e, ok := s.call(i); ok && s.src(i-1) != "." {
				found = append(found, e)
			}
		}
	}
	b.effects = append(b.effects, found...)
}

package session

import (
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// maxBodies is how deep a body may stand in another, as in a DO block that
// executes a string that holds a DO block.
const maxBodies = 3

// bodyEffects are the effects of the code that a DO, CREATE FUNCTION or
// CREATE PROCEDURE statement carries. filled is nil where the statement does
// not parse.
func (s statement) bodyEffects(first int, node *pgquery.Node, filled *filling) []effect.Effect {
	i, language, in := first+1, "plpgsql", effect.DoBlock
	if !s.is(first, "do") {
		if s.is(i, "or", "replace") {
			i += 2
		}
		if !s.oneOf(i, "function", "procedure") {
			return nil
		}
		language, in = "sql", effect.FunctionBody
	}
	if s.depth >= maxBodies {
		return nil
	}
	if l := s.find(i, "language"); l > 0 {
		language = strings.ToLower(s.value(l + 1))
	}
	var effects []effect.Effect
	if def, ok := node.GetNode().(*pgquery.CreateFunctionStmt); ok { // RETURN or BEGIN ATOMIC
		effects = filled.calls(def.CreateFunctionStmt.SqlBody)
	}
	if q := s.bodyToken(i, in); q > 0 {
		code, start, exact := s.literal(q)
		var found []effect.Effect
		switch language {
		case "plpgsql":
			found = plpgsql(code, filled, s.depth+1, s.budget)
		case "sql":
			for _, b := range split(code, pgquery.Scan(code), s.depth+1, s.budget) {
				if len(found) >= maxEffects {
					break
				}
				e, _ := b.effects()
				found = append(found, e...)
			}
		}
		for _, e := range found {
			if exact && e.End > e.Start {
				e.Start, e.End = e.Start+start, e.End+start
			} else {
				e.Start, e.End = s.tokens[first].Start, s.tokens[first].End
			}
			effects = append(effects, e)
		}
	}
	kept := effects[:0]
	for _, e := range effects {
		if e.Body == effect.Direct || in == effect.FunctionBody {
			e.Body = in
		}
		e.InTransaction = true
		if e.Kind != effect.LongStatement { // the statement is what is sent
			kept = append(kept, e)
		}
	}
	return kept
}

// bodyToken finds the string that is the body: after AS in a definition, any
// in a DO.
func (s statement) bodyToken(i int, in effect.Body) int {
	for ; i < len(s.tokens); i++ {
		if (s.kind(i, pgquery.Str) || s.kind(i, pgquery.Dollar)) && !s.is(i-1, "language") && (in == effect.DoBlock || s.is(i-1, "as")) {
			return i
		}
	}
	return -1
}

// literal returns what a string token holds and where it begins. It is exact
// where it stands in the text byte for byte.
func (s statement) literal(i int) (value string, start int, exact bool) {
	t, src := s.tokens[i], s.src(i)
	if t.Kind == pgquery.Dollar {
		tag := strings.IndexByte(src[1:], '$') + 2
		if t.Broken {
			return src[tag:], t.Start + tag, true
		}
		return src[tag : len(src)-tag], t.Start + tag, true
	}
	open := strings.IndexByte(src, '\'') + 1
	if t.Broken {
		return src[open:], t.Start + open, true
	}
	value = src[open : len(src)-1]
	exact = !strings.Contains(value, "''")
	value = strings.ReplaceAll(value, "''", "'")
	if open == 2 && strings.IndexByte(value, '\\') >= 0 { // E'…'
		value, exact = escapes.Replace(value), false
	}
	return value, t.Start + open, exact
}

var escapes = strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\n`, "\n", `\t`, "\t", `\r`, "\r")

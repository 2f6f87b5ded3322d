package session

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// wraps are the statements that a builder's fragment can be a part of. Those
// of data definition come last: a call in them does not run.
var wraps = []struct{ before, after string }{
	{"SELECT ", ""},
	{"", ""},
	{"SELECT z FROM z ", ""},
	{"SELECT z FROM z WHERE z ", ""},
	{"INSERT INTO z VALUES (1) ", ""},
	{"INSERT INTO z VALUES (1) ON CONFLICT (z) ", ""},
	{"INSERT INTO z ", ""},
	{"UPDATE z SET ", ""},
	{"UPDATE z ", ""},
	{"", " SELECT 1"},
	{"ALTER TABLE z ADD COLUMN ", ""},
	{"ALTER TABLE z ", ""},
	{"CREATE TABLE z (", ")"},
}

// AnalyzeFragment reads a piece of a statement, as query builders take them:
// an expression, a list of assignments, a clause. Its effects are those of
// function calls.
func AnalyzeFragment(text string) *Analysis {
	tokens := pgquery.Scan(text)
	calls := statement{text: text, tokens: tokens}.allCalls()
	if len(calls) == 0 {
		return &Analysis{Parsed: true}
	}
	if len(text) > LongLimit {
		return &Analysis{Effects: calls}
	}
	budget := newBudget()
	for _, w := range wraps {
		wrapped := w.before + text + w.after
		s := statement{text: wrapped, tokens: pgquery.Scan(wrapped), budget: budget}
		node, filled, err := s.parse()
		if err != nil {
			continue
		}
		effects := filled.calls(runsIn(node))
		for i := range effects {
			effects[i].Start -= len(w.before)
			effects[i].End -= len(w.before)
		}
		slices.SortStableFunc(effects, byStart)
		return &Analysis{Effects: effects, Parsed: true}
	}
	return &Analysis{Effects: calls}
}

// allCalls finds the calls that the tokens show, but for those of a DEFAULT.
func (s statement) allCalls() []effect.Effect {
	var effects []effect.Effect
	for i := range s.tokens {
		if len(effects) == maxEffects {
			break
		}
		if e, ok := s.call(i); ok && s.src(i-1) != "." && !s.oneOf(i-1, "default", "as") {
			effects = append(effects, e)
		}
	}
	return effects
}

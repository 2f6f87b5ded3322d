package session

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// LongLimit is the length in bytes above which a statement pins a session of
// RDS Proxy.
const LongLimit = 16_384

// maxEffects is the number of effects of one text after which reading stops:
// no one needs more, and a text made to stall would have a hundred thousand.
const maxEffects = 2_000

// analyze reads a text of whole statements.
func analyze(text string) *Analysis {
	a := &Analysis{Parsed: true}
	tokens := pgquery.Scan(text)
	statements := split(text, tokens, 0, newBudget())
	a.Statements = len(statements)
	tx, open := transactions(statements)
	mixed := mixes(statements)
	var of []int // the statement of each effect
	for i, s := range statements {
		if len(a.Effects) >= maxEffects {
			break
		}
		effects, err := s.effects()
		if err != nil {
			a.Parsed = false
			if len(a.Unread) < maxUnread && !slices.ContainsFunc(effects, notLong) && !pgquery.Newer(text, s.tokens) {
				a.Unread = append(a.Unread, s.unread(err))
			}
		}
		for _, e := range effects {
			if e.Kind == effect.Begin && (i != open || e.Body != effect.Direct) {
				continue
			}
			e.InTransaction = e.InTransaction || tx[i]
			e.Mixed = mixed && e.Body == effect.Direct
			a.Effects = append(a.Effects, e)
			of = append(of, i)
		}
	}
	undo(text, statements, a.Effects, of)
	if len(tokens) == pgquery.MaxTokens {
		end := tokens[len(tokens)-1].End
		a.Parsed = false
		a.Unread = append(a.Unread, Unread{At: end, Reason: "the text is too long, and not read from here on", Could: CouldBe(text[end:])})
	}
	return a
}

// first is the first token that is known, or is no template's.
func (s statement) first() int {
	first := 0
	for first < len(s.tokens) && (s.tokens[first].Place == pgquery.Unknown || s.tokens[first].Place == pgquery.Template) {
		first++
	}
	return first
}

// effects are what the statement does, in the order of the text. The error
// says why it could not be parsed; then they are those that tokens show.
func (s statement) effects() ([]effect.Effect, error) {
	first := s.first()
	if first == len(s.tokens) {
		return nil, nil
	}
	var effects []effect.Effect
	if s.long(first) {
		word := first
		for s.src(word) == "(" && word+1 < len(s.tokens) {
			word++
		}
		e := s.effect(effect.LongStatement, "", word, word+1)
		e.Words += fmt.Sprintf(" … of %d bytes", s.tokens[len(s.tokens)-1].End-s.tokens[first].Start)
		effects = append(effects, e)
	}
	if s.oneOf(first, "begin", "start", "notify") { // their tokens say all, and other databases have more of them
		return append(effects, s.utility(first)...), nil
	}
	if !s.concerns(first) {
		return effects, nil
	}
	node, filled, err := s.parse()
	s.strict = err != nil
	effects = append(effects, s.utility(first)...)
	if err != nil {
		effects = append(effects, s.callsByToken(first)...)
	} else {
		effects = append(effects, filled.calls(runsIn(node))...)
	}
	if s.oneOf(first, "do", "create") {
		effects = append(effects, s.bodyEffects(first, node, filled)...)
	}
	slices.SortStableFunc(effects, byStart)
	return slices.Compact(effects), err
}

func notLong(e effect.Effect) bool { return e.Kind != effect.LongStatement }

func byStart(a, b effect.Effect) int { return a.Start - b.Start }

// long reports whether the known bytes from token first on are too many.
func (s statement) long(first int) bool {
	start, end := s.tokens[first].Start, s.tokens[len(s.tokens)-1].End
	return end-start > LongLimit && end-start-strings.Count(s.text[start:end], "\x00") > LongLimit
}

// concerns reports whether the statement can have an effect at all. Most do
// not, an UPDATE … SET for one, and need no parser.
func (s statement) concerns(first int) bool {
	if s.oneOf(first, "set", "reset", "discard", "prepare", "execute", "deallocate", "listen", "unlisten", "declare", "load", "do") {
		return true
	}
	creates := s.oneOf(first, "create", "explain")
	for i, t := range s.tokens {
		switch t.Kind {
		case pgquery.Word, pgquery.Quoted:
			word := strings.Trim(s.src(i), `"`)
			if of := keyword.Of(word); of == keyword.Function || of == keyword.Temp || of == keyword.Statement && creates && !s.oneOf(i, "set", "begin", "start") {
				return true
			}
		case pgquery.Str, pgquery.Dollar:
			if creates && Gate(s.src(i)) {
				return true
			}
		}
	}
	return false
}

// calls are the effects of the function calls at or below a node.
func (f *filling) calls(node *pgquery.Node) []effect.Effect {
	var effects []effect.Effect
	pgquery.Calls(node, func(c *pgquery.FuncCall) {
		if i := f.token(int(c.Location)); i >= 0 {
			if e, ok := f.call(i); ok && len(effects) < maxEffects {
				effects = append(effects, e)
			}
		}
	})
	return effects
}

// runsIn returns the part of a statement whose expressions run with it. A
// column's DEFAULT, a view's query or a CHECK run later, if at all.
func runsIn(node *pgquery.Node) *pgquery.Node {
	switch n := node.GetNode().(type) {
	case *pgquery.SelectStmt, *pgquery.InsertStmt, *pgquery.UpdateStmt, *pgquery.DeleteStmt, *pgquery.MergeStmt,
		*pgquery.CallStmt, *pgquery.CopyStmt, *pgquery.DeclareCursorStmt, *pgquery.PrepareStmt, *pgquery.ExecuteStmt:
		return node
	case *pgquery.CreateTableAsStmt:
		if !n.CreateTableAsStmt.GetInto().GetSkipData() {
			return node
		}
	case *pgquery.ExplainStmt:
		for _, option := range n.ExplainStmt.Options {
			if d := option.GetDefElem(); d.GetDefname() == "analyze" && effect.ParseKnown(cmp.Or(d.GetArg().GetString_().GetSval(), "on")) != effect.False {
				return runsIn(n.ExplainStmt.Query)
			}
		}
	}
	return nil
}

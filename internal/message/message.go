// Package message words findings: what is in the code, what becomes of it behind
// which pooler, and what to do instead.
package message

import (
	"fmt"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/spell"
)

// Wording is what a message says.
type Wording struct {
	What        string // is in the code
	Consequence string // what happens behind which pooler
	Remedy      string // what to do instead, "" for nothing

	// Conditional: the consequence names what it hangs on, such as the version of
	// PostgreSQL or another connection string.
	Conditional bool
}

// Line is all of it, as it is reported:
//
//	<what in the code>: <what happens behind which pooler>; <remedy> (<rule>)
func (w Wording) Line(rule string) string {
	if w.Remedy != "" {
		w.Consequence += "; " + w.Remedy
	}
	return fmt.Sprintf("%s: %s (%s)", w.What, w.Consequence, rule)
}

// Of puts e and the verdict on it into words. The consequence says no more than
// the verdict's evidence does.
func Of(e effect.Effect, p *pooler.Pooler, v pooler.Verdict, s Situation) Wording {
	return Wording{whatOf(e), consequenceOf(e, p, v, s), remedyOf(e, p, s), v.Before > 0}
}

// maxWords bounds the part of a message that quotes the code, in characters.
const maxWords = 80

func whatOf(e effect.Effect) string {
	words := e.Words
	if words == "" {
		words = strings.TrimSpace(strings.ReplaceAll(string(e.Kind), "-", " ") + " " + e.Object)
	}
	words = quote(words)
	switch e.Body {
	case effect.Called:
		return quote(e.Way.From)
	case effect.DoBlock:
		return words + " in a DO block"
	case effect.FunctionBody:
		return words + " in a function body"
	}
	return words
}

// quote makes one short line of the code's own words, and cuts no name.
func quote(words string) string {
	words = strings.ReplaceAll(strings.ToValidUTF8(words, "…"), string(session.Hole), "…")
	return spell.Shorten(strings.Join(strings.Fields(words), " "), maxWords)
}

func consequenceOf(e effect.Effect, p *pooler.Pooler, v pooler.Verdict, s Situation) string {
	if s.OutsideTx {
		return inVain[e.Kind]
	}
	text := outcomes[v.Outcome]
	if t, ok := consequences[consequence{e.Kind, v.Outcome}]; ok {
		text = t
	}
	switch {
	case v.Evidence == pooler.Contested && v.Outcome == pooler.Pins:
		text = "may pin the connection behind @ (AWS's own texts disagree)"
	case v.Evidence == pooler.Contested:
		text += " (sources disagree)"
	case v.Evidence == pooler.Reported:
		text += ", as users report"
	case v.Evidence == pooler.Inferred && !strings.HasPrefix(text, "may "):
		text = "probably " + text
	}
	text = strings.ReplaceAll(text, "@", titleOf(p, v))
	if e.Way != nil {
		text += " (it " + wayTo(e.Way) + ")"
	}
	return text
}

// wayTo says by what a statement comes to an effect, and where that stands. What
// it calls itself is said already.
func wayTo(w *effect.Way) string {
	var does []string
	for i, step := range w.Steps {
		if i > 0 || !strings.HasPrefix(step.Does, "calls ") || strings.HasSuffix(w.From, " block") {
			does = append(does, step.Does)
		}
	}
	last := w.Steps[len(w.Steps)-1]
	return fmt.Sprintf("%s at %s:%d", strings.Join(does, ", which "), last.File, last.Line)
}

// titleOf is the pooler, and before which PostgreSQL the verdict holds.
func titleOf(p *pooler.Pooler, v pooler.Verdict) string {
	if v.Before > 0 {
		return fmt.Sprintf("%s before PostgreSQL %d", p.Title, v.Before)
	}
	return p.Title
}

// outcomes say what happens; @ stands for the pooler.
var outcomes = map[pooler.Outcome]string{
	pooler.OK:        "works behind @",
	pooler.Pins:      "pins the connection behind @",
	pooler.Leaks:     "leaks to other clients behind @",
	pooler.Lost:      "is lost behind @",
	pooler.Refused:   "is refused by @",
	pooler.WrongRows: "returns other clients' rows behind @",
	pooler.NoEffect:  "has no effect",
}

type consequence struct {
	kind    effect.Kind
	outcome pooler.Outcome
}

// consequences say it more plainly for some kinds.
var consequences = map[consequence]string{
	{effect.SetRole, pooler.Leaks}:                  "leaks behind @, so that other clients run as this role",
	{effect.SetSessionAuthorization, pooler.Leaks}:  "leaks behind @, so that other clients run as this user",
	{effect.Listen, pooler.Leaks}:                   "hears nothing behind @, without an error",
	{effect.Listener, pooler.Leaks}:                 "hears nothing behind @, without an error",
	{effect.AdvisoryLock, pooler.Leaks}:             "leaks to other clients behind @, so that it excludes no one",
	{effect.MigrationLock, pooler.Leaks}:            "leaks to other clients behind @, so that it excludes no one",
	{effect.AdvisoryLock, pooler.Lost}:              "is released too early behind @",
	{effect.MigrationLock, pooler.Lost}:             "is released too early behind @",
	{effect.AdvisoryUnlock, pooler.Leaks}:           "releases another client's lock or none behind @",
	{effect.SequenceRead, pooler.Leaks}:             "may return another client's value behind @",
	{effect.Execute, pooler.Leaks}:                  "fails or runs another client's statement behind @",
	{effect.NamedStatement, pooler.Leaks}:           "fails behind @ (prepared statement already exists, or does not exist)",
	{effect.NamedStatement, pooler.Lost}:            "fails behind @ (prepared statement does not exist)",
	{effect.EvictStatement, pooler.Lost}:            "fails behind @ once more texts are prepared than the cache holds",
	{effect.StartupParameter, pooler.Refused}:       "is refused by @, so that no connection is made",
	{effect.StartupParameter, pooler.Lost}:          "is silently dropped by @",
	{effect.SequenceChange, pooler.Leaks}:           "leaves its currval and lastval to other clients behind @",
	{effect.AdvisoryUnlock, pooler.Lost}:            "releases no lock behind @",
	{effect.Reset, pooler.Lost}:                     elsewhere,
	{effect.ResetAll, pooler.Lost}:                  elsewhere,
	{effect.ResetRole, pooler.Lost}:                 elsewhere,
	{effect.ResetSessionAuthorization, pooler.Lost}: elsewhere,
	{effect.Discard, pooler.Lost}:                   elsewhere,
	{effect.Deallocate, pooler.Lost}:                elsewhere,
	{effect.Unlisten, pooler.Lost}:                  elsewhere,
}

const elsewhere = "acts on whichever server connection it meets behind @"

// inVain says what becomes of an effect outside a transaction.
var inVain = map[effect.Kind]string{
	effect.SetLocal:         "has no effect outside a transaction",
	effect.SetLocalRole:     "has no effect outside a transaction",
	effect.SetTransaction:   "has no effect outside a transaction",
	effect.SetConfigLocal:   "has no effect after its own statement, outside a transaction",
	effect.TempOnCommitDrop: "is dropped at once, outside a transaction",
	effect.AdvisoryXactLock: "is released at once, outside a transaction",
	effect.ExportSnapshot:   "cannot be imported any more when it returns, outside a transaction",
	effect.Begin:            "stays open on whichever connection of the pool runs it",
}

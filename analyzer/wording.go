package analyzer

import (
	"fmt"
	"strings"

	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
)

// message is the one line that is reported:
//
//	<what in the code>: <what happens behind which pooler>; <remedy> (<rule>)
func message(e session.Effect, p *pooler.Pooler, v pooler.Verdict, rule *Rule, s situation) string {
	what, consequence, remedy := describe(e, p, v, rule, s)
	if v.Outcome == pooler.OK {
		remedy = ""
	}
	return sentence(what, consequence, remedy, rule)
}

func sentence(what, consequence, remedy string, rule *Rule) string {
	if remedy != "" {
		consequence += "; " + remedy
	}
	return fmt.Sprintf("%s: %s (%s)", what, consequence, rule.ID)
}

// describe puts e and the verdict on it into words. The consequence says no
// more than the verdict's evidence does.
func describe(e session.Effect, p *pooler.Pooler, v pooler.Verdict, rule *Rule, s situation) (what, consequence, remedy string) {
	return whatOf(e), consequenceOf(e, p, v, rule), remedyOf(e, p, rule, s)
}

// maxWords bounds the part of a message that quotes the code, in characters.
const maxWords = 80

func whatOf(e session.Effect) string {
	words := e.Words
	if words == "" {
		words = strings.TrimSpace(strings.ReplaceAll(string(e.Kind), "-", " ") + " " + e.Object)
	}
	words = quote(words)
	switch e.Body {
	case session.DoBlock:
		return words + " in a DO block"
	case session.FunctionBody:
		return words + " in a function body"
	}
	return words
}

// quote makes one short line of the code's own words, and cuts no name.
func quote(words string) string {
	words = strings.ReplaceAll(strings.ToValidUTF8(words, "…"), string(session.Hole), "…")
	return session.Shorten(strings.Join(strings.Fields(words), " "), maxWords)
}

func consequenceOf(e session.Effect, p *pooler.Pooler, v pooler.Verdict, rule *Rule) string {
	if rule.ID == localOutsideTx {
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
	return strings.ReplaceAll(text, "@", p.Title)
}

// unseen words the consequence of a text that nothing is seen to run.
func unseen(consequence string) string {
	return "is not seen to run, and where it does, it " + consequence
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
	kind    session.Kind
	outcome pooler.Outcome
}

// consequences say it more plainly for some kinds.
var consequences = map[consequence]string{
	{session.SetRole, pooler.Leaks}:                  "leaks behind @, so that other clients run as this role",
	{session.SetSessionAuthorization, pooler.Leaks}:  "leaks behind @, so that other clients run as this user",
	{session.Listen, pooler.Leaks}:                   "hears nothing behind @, without an error",
	{session.Listener, pooler.Leaks}:                 "hears nothing behind @, without an error",
	{session.AdvisoryLock, pooler.Leaks}:             "leaks to other clients behind @, so that it excludes no one",
	{session.MigrationLock, pooler.Leaks}:            "leaks to other clients behind @, so that it excludes no one",
	{session.AdvisoryLock, pooler.Lost}:              "is released too early behind @",
	{session.MigrationLock, pooler.Lost}:             "is released too early behind @",
	{session.AdvisoryUnlock, pooler.Leaks}:           "releases another client's lock or none behind @",
	{session.SequenceRead, pooler.Leaks}:             "may return another client's value behind @",
	{session.Execute, pooler.Leaks}:                  "fails or runs another client's statement behind @",
	{session.NamedStatement, pooler.Leaks}:           "fails behind @ (prepared statement already exists, or does not exist)",
	{session.NamedStatement, pooler.Lost}:            "fails behind @ (prepared statement does not exist)",
	{session.StartupParameter, pooler.Refused}:       "is refused by @, so that no connection is made",
	{session.StartupParameter, pooler.Lost}:          "is silently dropped by @",
	{session.SequenceChange, pooler.Leaks}:           "leaves its currval and lastval to other clients behind @",
	{session.AdvisoryUnlock, pooler.Lost}:            "releases no lock behind @",
	{session.Reset, pooler.Lost}:                     elsewhere,
	{session.ResetAll, pooler.Lost}:                  elsewhere,
	{session.ResetRole, pooler.Lost}:                 elsewhere,
	{session.ResetSessionAuthorization, pooler.Lost}: elsewhere,
	{session.Discard, pooler.Lost}:                   elsewhere,
	{session.Deallocate, pooler.Lost}:                elsewhere,
	{session.Unlisten, pooler.Lost}:                  elsewhere,
}

const elsewhere = "acts on whichever server connection it meets behind @"

// inVain says what becomes of an effect outside a transaction.
var inVain = map[session.Kind]string{
	session.SetLocal:         "has no effect outside a transaction",
	session.SetLocalRole:     "has no effect outside a transaction",
	session.SetTransaction:   "has no effect outside a transaction",
	session.SetConfigLocal:   "has no effect after its own statement, outside a transaction",
	session.TempOnCommitDrop: "is dropped at once, outside a transaction",
	session.AdvisoryXactLock: "is released at once, outside a transaction",
}

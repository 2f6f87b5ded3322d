package analyzer

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/message"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
)

// SQLFinding is one effect of a text.
type SQLFinding struct {
	Rule, Outcome, Evidence, Pooler string
	Start, End                      int // in bytes
	Message, Remedy, Reference      string
	Object, Scope                   string
	Reported                        bool   // false where it is ok, or reported with -strict only, or its rule is off
	Strict                          bool   // -strict would report it
	Text                            string // what in the text: the message up to its colon
}

// CheckSQL says what a text of SQL does to the session and what becomes of it
// behind the pooler: all effects, also those that are not reported, but not
// what functions that it only defines would do (with -strict, these too). The
// error says what is wrong with the options, or is a *SQLError: what stands
// before and behind that place is judged all the same.
func CheckSQL(text string, opts Options) ([]SQLFinding, error) {
	s, err := opts.settings()
	if err != nil {
		return nil, err
	}
	a := session.Analyze(text)
	var all []SQLFinding
	for _, e := range a.Effects {
		rule := ruleOf(e)
		if rule == nil || e.Body == effect.FunctionBody && !s.Strict {
			continue
		}
		e.Mixed = false // psql sends one statement after the other
		v := s.pooler.Verdict(e)
		m := message.Of(e, s.pooler, v, message.TextSituation(text, e))
		if v.Outcome == pooler.OK {
			m.Remedy = ""
		}
		f := SQLFinding{
			Rule: rule.ID, Outcome: string(v.Outcome), Evidence: string(v.Evidence), Pooler: s.pooler.String(),
			Start: e.Start, End: e.End,
			Message: m.Line(rule.ID), Remedy: m.Remedy, Reference: v.Reference,
			Object: e.Object, Scope: string(e.Kind.Scope()), Text: m.What,
			Reported: v.Outcome != pooler.OK && (s.Strict || !v.Strict) && s.enabled(rule.ID),
		}
		f.Strict = !f.Reported && v.Outcome != pooler.OK && s.enabled(rule.ID)
		if n := len(all); n > 0 && f.Start == all[n-1].Start && f.Message == all[n-1].Message {
			continue // two modes of one SET SESSION CHARACTERISTICS
		}
		all = append(all, f)
	}
	return all, s.unreadSQL(text, a)
}

// SQLError is what could not be read of a text.
type SQLError struct {
	Offset int    // the byte where the first such statement is wrong
	Reason string // "syntax error"
	More   int    // further such statements
}

func (e *SQLError) Error() string {
	if e.More > 0 {
		return fmt.Sprintf("%s (and %d more)", e.Reason, e.More)
	}
	return e.Reason
}

// unreadSQL says what of a text is no SQL, and what was not read though a rule
// could concern it.
func (s *settings) unreadSQL(text string, a *session.Analysis) error {
	all := session.Refused(text)
	for _, u := range a.Unread {
		if len(s.couldReport(u.Could, s.pooler)) > 0 {
			all = append(all, u)
		}
	}
	slices.SortStableFunc(all, func(a, b session.Unread) int { return cmp.Compare(a.At, b.At) })
	all = slices.CompactFunc(all, func(a, b session.Unread) bool { return a.At == b.At })
	if len(all) == 0 {
		return nil
	}
	return &SQLError{all[0].At, all[0].Reason, len(all) - 1}
}

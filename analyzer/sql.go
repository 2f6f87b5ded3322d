package analyzer

import (
	"errors"

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
	Text                            string // what in the text: the message up to its colon
}

// CheckSQL says what a text of SQL does to the session and what becomes of it
// behind the pooler: all effects, also those that are not reported, but not
// what functions that it only defines would do (with -strict, these too). The
// error says why a text could not be analysed, or not to its end, or what is
// wrong with the options.
func CheckSQL(text string, opts Options) ([]SQLFinding, error) {
	s, err := opts.settings()
	if err != nil {
		return nil, err
	}
	a := session.Analyze(text)
	if a.NotAnalysed != "" {
		err = errors.New(a.NotAnalysed)
	}
	var all []SQLFinding
	for _, e := range a.Effects {
		rule := ruleOf(e)
		if rule == nil || e.Body == session.FunctionBody && !s.Strict {
			continue
		}
		v := s.pooler.Verdict(e)
		f := SQLFinding{
			Rule: rule.ID, Outcome: string(v.Outcome), Evidence: string(v.Evidence), Pooler: s.pooler.String(),
			Start: e.Start, End: e.End,
			Message: message(e, s.pooler, v, rule), Reference: v.Reference,
			Object: e.Object, Scope: string(e.Kind.Scope()), Text: whatOf(e),
			Reported: v.Outcome != pooler.OK && (s.Strict || !v.Strict) && s.enabled(rule.ID),
		}
		if v.Outcome != pooler.OK {
			_, _, f.Remedy = describe(e, s.pooler, v, rule)
		}
		if n := len(all); n > 0 && f.Start == all[n-1].Start && f.Message == all[n-1].Message {
			continue // two modes of one SET SESSION CHARACTERISTICS
		}
		all = append(all, f)
	}
	return all, err
}

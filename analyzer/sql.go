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
}

// CheckSQL says what a text of SQL does to the session and what becomes of it
// behind the pooler: all effects, also those whose outcome is ok. The error
// says why a text could not be analysed, or what is wrong with the options.
func CheckSQL(text string, opts Options) ([]SQLFinding, error) {
	s, err := opts.settings()
	if err != nil {
		return nil, err
	}
	a := session.Analyze(text)
	if a.NotAnalysed != "" {
		return nil, errors.New(a.NotAnalysed)
	}
	var all []SQLFinding
	for _, e := range a.Effects {
		v, rule := s.pooler.Verdict(e), ruleOf(e)
		if v.Strict && !s.Strict || rule == nil || !s.enabled(rule.ID) {
			v.Outcome = pooler.OK
		}
		if rule == nil {
			continue
		}
		what, consequence, remedy := describe(e, s.pooler, v, rule)
		all = append(all, SQLFinding{
			Rule: rule.ID, Outcome: string(v.Outcome), Evidence: string(v.Evidence), Pooler: s.pooler.String(),
			Start: e.Start, End: e.End,
			Message: what + ": " + consequence + "; " + remedy + " (" + rule.ID + ")",
			Remedy:  remedy, Reference: v.Reference,
			Object: e.Object, Scope: string(e.Kind.Scope()),
		})
	}
	return all, nil
}

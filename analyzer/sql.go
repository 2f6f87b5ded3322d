package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	directives "github.com/poolvet/poolvet/internal/directive"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/fix"
	"github.com/poolvet/poolvet/internal/message"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/schema"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlfile"
)

// SQLFinding is one effect of a text, or a directive that is wrong.
type SQLFinding struct {
	Rule, Outcome, Evidence, Pooler string
	Start, End                      int // in bytes
	Message, Remedy, Reference      string
	Object, Scope                   string
	Reported                        bool   // false where it is ok, or reported with -strict only, or its rule is off
	Strict                          bool   // -strict would report it
	Text                            string // what in the text: the message up to its colon
	Assumed                         string // of the tool that runs the file, where what it says hangs on it
	Conditional                     bool   // it holds under a condition that the message names
	Way                             *effect.Way
	Fix                             string // its title, "" for none
	Edits                           []fix.Edit
}

// SQLResult is what there is in one text.
type SQLResult struct {
	Findings []SQLFinding
	Ignored  int       // findings that directives silence
	Direct   int       // that are for a connection which bypasses the pooler
	Err      *SQLError // what could not be read
}

// SQLChecker judges texts of SQL.
type SQLChecker struct{ *settings }

// NewSQLChecker is one for these options; the error says what is wrong with them.
func NewSQLChecker(opts Options) (*SQLChecker, error) {
	s, err := opts.settings()
	if err != nil {
		return nil, err
	}
	return &SQLChecker{s}, nil
}

// Check says what a file of SQL does to the session and what becomes of it
// behind the pooler: all effects, also those that are not reported, but not
// what functions that it only defines would do (with -strict, these too). What
// stands before and behind a statement that cannot be read is judged all the
// same.
func (c *SQLChecker) Check(name, text string) (result SQLResult) {
	a := session.Analyze(text)
	t := &sqlText{SQLChecker: c, text: text, run: sqlfile.RunOf(name, text), folder: c.spec.Folder(name), used: map[int]bool{}, SQLResult: &result}
	for _, d := range directives.InSQL(text, isRule) {
		t.directives = append(t.directives, sqlDirective{d})
	}
	t.statements = sync.OnceValue(func() []sqlfile.Statement { return sqlfile.Statements(text) })
	for _, e := range a.Effects {
		if e.Body != effect.FunctionBody || c.Strict {
			t.effect(e)
		}
	}
	if c.schema().Names(text) {
		for _, call := range schema.CallsIn(text) {
			for _, e := range c.schema().Does(call) {
				if e.LocalParam == "" {
					e.Body, e.Start, e.End, e.Way.From = effect.Called, call.Start, call.End, call.Words
					t.effect(e)
				}
			}
		}
	}
	t.unused()
	slices.SortStableFunc(result.Findings, func(a, b SQLFinding) int { return cmp.Compare(a.Start, b.Start) })
	result.Err = c.unreadSQL(text, a)
	return result
}

// sqlText is one text that is being judged.
type sqlText struct {
	*SQLChecker
	*SQLResult
	text       string
	run        sqlfile.Run
	statements func() []sqlfile.Statement
	directives []sqlDirective
	folder     string       // the pooler of its folder, by a pattern
	used       map[int]bool // of the directives, by index
}

func (t *sqlText) effect(e effect.Effect) {
	rule := ruleOf(e)
	if rule == nil {
		return
	}
	e.Mixed = false // psql sends one statement after the other
	switch {
	case t.run.One:
		e.InTransaction = true
	case t.run.Alone && e.Body == effect.Direct:
		e.InTransaction = sqlfile.Within(t.statements(), e.Start)
	}
	p := t.named(t.behind(e.Start))
	v := p.Verdict(e)
	if p == t.none && v.Outcome != t.pooler.Verdict(e).Outcome {
		t.Direct++
	}
	s := message.TextSituation(t.text, e)
	if t.run.One && s.Where == message.InFile {
		s.Where = message.InScript
	}
	if out := pooler.OutsideTransaction(e.Kind); t.run.Alone && !e.InTransaction && out.Outcome != pooler.OK {
		v, rule, s.OutsideTx = out, outsideRule(e.Kind), true
	}
	m := message.Of(e, p, v, s)
	if v.Outcome == pooler.OK {
		m.Remedy = ""
	}
	f := SQLFinding{
		Rule: rule.ID, Outcome: string(v.Outcome), Evidence: string(v.Evidence), Pooler: p.String(),
		Start: e.Start, End: e.End,
		Message: m.Line(rule.ID), Remedy: m.Remedy, Reference: v.Reference,
		Object: e.Object, Scope: string(e.Kind.Scope()), Text: m.What, Conditional: m.Conditional, Assumed: t.run.String(), Way: e.Way,
		Reported: v.Outcome != pooler.OK && (t.Strict || !v.Strict) && t.enabled(rule.ID),
	}
	f.Strict = !f.Reported && v.Outcome != pooler.OK && t.enabled(rule.ID)
	if n := len(t.Findings); n > 0 && f.Start == t.Findings[n-1].Start && f.Message == t.Findings[n-1].Message {
		return // two modes of one SET SESSION CHARACTERISTICS
	}
	if f.Reported && t.ignores(f.Rule, e.Start) {
		t.Ignored++
		return
	}
	if f.Reported {
		f.Fix, f.Edits = fix.OfText(t.text, t.statements(), e, p, t.run.One)
	}
	t.Findings = append(t.Findings, f)
}

// ignores reports whether a directive silences a rule at a place.
func (t *sqlText) ignores(rule string, at int) (found bool) {
	for i, d := range t.directives {
		if d.covers(at) && slices.Contains(d.Rules, rule) {
			t.used[i], found = true, true
		}
	}
	return found
}

// behind names the pooler that a place is behind, "" for that of all code: by
// the directive that holds for the least, or by a pattern of the file's folder.
func (t *sqlText) behind(at int) string {
	name, width := t.folder, len(t.text)+1
	for i, d := range t.directives {
		if d.Pooler != "" && d.covers(at) {
			t.used[i] = true
			if d.To-d.From < width {
				name, width = d.Pooler, d.To-d.From
			}
		}
	}
	return name
}

// sqlDirective is one in a text of SQL.
type sqlDirective struct{ directives.Placed }

func (d sqlDirective) covers(at int) bool { return d.Problem == "" && d.From <= at && at <= d.To }

// unused reports the directives that are wrong or silence nothing.
func (t *sqlText) unused() {
	for i, d := range t.directives {
		problem := d.Problem
		if problem == "" && !t.used[i] && (d.Verb != "ignore" || slices.ContainsFunc(d.Rules, t.enabled)) {
			problem = d.Verb + " changes nothing here: remove it"
		}
		if problem != "" {
			t.Findings = append(t.Findings, SQLFinding{
				Rule: "directive", Pooler: t.pooler.String(), Start: d.Start, End: d.End, Reported: true,
				Message: d.As + ": " + problem + " (directive)", Remedy: problem, Text: d.As,
			})
		}
	}
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
func (s *settings) unreadSQL(text string, a *session.Analysis) *SQLError {
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

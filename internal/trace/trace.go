// Package trace gives the statements of a log to who sent them: a line of the
// program, a library that it uses, or a driver, framework or tool of another
// language. No value of a statement is kept, but for those that decide what it
// does to the session.
package trace

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pglog"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/sent"
	"github.com/poolvet/poolvet/internal/session"
)

// What bounds the memory that a log takes, whatever its length.
const (
	maxRows     = 20_000 // statements that are told apart
	maxSessions = 10_000 // of one statement
	maxCached   = 10_000 // texts that need not be read again
	maxText     = 4_096  // bytes of one of these
)

// Source is a statement that the program can send, at its place.
type Source struct {
	sent.Statement
	File         string
	Line, Column int
	Package      string

	pattern pattern
	seen    bool // in the log
}

// Row is one statement of the log, as one application sends it.
type Row struct {
	Normal
	App      string
	Words    string // what of it changes the session
	Unknown  string // what the log does not show of that, and what would show it
	Pins     int64  // the proxy's log says that it pinned
	Reason   string // of a row that only the proxy's log has
	Verdicts []Verdict
	Code     []*Source      // the texts that it can be an instance of, the best first
	Library  []*Source      // what a library of the program does by itself
	Clients  []client.Known // who else is known to send it

	runs, told int64 // run, and told of otherwise
	sessions   map[string]bool
	statistic  bool
	effects    []effect.Effect
	calls      []string // what it sets off that the SQL of the module defines
}

// Times is how often it ran.
func (r *Row) Times() int64 { return cmp.Or(r.runs, r.told) }

// Verdict is what becomes of a row behind one pooler.
type Verdict struct {
	Pooler            *pooler.Pooler
	Outcome, Evidence string // of the worst that it does
	Happens, Remedy   string
	Reference, Rule   string
}

// Log gathers what logs show.
type Log struct {
	rows    map[string]*Row
	cached  map[string][]*Row // by the shape of a text
	key     []byte            // of what is looked up
	refused map[string]int64

	Dropped int64 // runs of statements beyond maxRows
}

// NewLog is one of nothing yet.
func NewLog() *Log {
	return &Log{rows: map[string]*Row{}, cached: map[string][]*Row{}, refused: map[string]int64{}}
}

// Add takes an entry of a log, of which it keeps no part.
func (l *Log) Add(e *pglog.Entry) {
	switch {
	case e.Kind == pglog.Refusal:
		l.refuse(e.Reason)
	case e.Kind == pglog.Pin:
		if e.Digest == "" {
			l.refuse(e.Reason)
		}
		for _, r := range l.rowsOf(e.Digest, "", e, e.Reason) {
			l.count(r, e)
		}
	case e.Step != pglog.Parse && e.Step != pglog.Bind && e.Step != pglog.Fetch:
		for _, r := range l.rowsOf(e.SQL, e.App, e, "") {
			l.count(r, e)
		}
	}
}

func (l *Log) refuse(reason string) {
	if _, ok := l.refused[reason]; ok || len(l.refused) < maxRows {
		l.refused[strings.Clone(reason)]++
	}
}

func (l *Log) count(r *Row, e *pglog.Entry) {
	n := max(e.Calls, 1)
	if e.Step == pglog.Plan || e.Step == pglog.Audit || e.Step == pglog.Parse { // of a pin: it will, once it runs
		r.told += n
	} else {
		r.runs += n
	}
	if e.Session != "" && len(r.sessions) < maxSessions && !r.sessions[e.Session] {
		r.sessions[strings.Clone(e.Session)] = true
	}
}

// rowsOf are the rows of the statements of a text; reason is of a pin.
func (l *Log) rowsOf(sql, app string, e *pglog.Entry, reason string) (rows []*Row) {
	statistic := e.Kind == pglog.Statistic
	// Of a statement with bound values each run can be another, if one decides.
	cached := len(sql) <= maxText && (len(e.Params) == 0 || !keyword.In(sql))
	if cached {
		l.key = append(strconv.AppendBool(l.key[:0], statistic), app...)
		l.key = append(append(append(l.key, 0), reason...), 0)
		l.key = shape(l.key, sql)
		if rows, ok := l.cached[string(l.key)]; ok {
			return rows
		}
	}
	for _, span := range session.Statements(sql) {
		n := Of(sql[span.Start:span.End], bound(e.Params))
		n.Name = cmp.Or(n.Name, nameIn(sql[:span.Start]))
		if r := l.row(n, app, reason, statistic); r != nil {
			rows = append(rows, r)
		} else {
			l.Dropped++
			cached = false // the next one is dropped as well
		}
	}
	if cached {
		if len(l.cached) >= maxCached {
			clear(l.cached)
		}
		l.cached[string(l.key)] = rows
	}
	return rows
}

func (l *Log) row(n Normal, app, reason string, statistic bool) *Row {
	key := fmt.Sprint(statistic, hole, app, hole, reason, hole, n.Name, hole, n.Key())
	if r := l.rows[key]; r != nil {
		return r
	}
	if len(l.rows) >= maxRows || len(n.tokens) == 0 {
		return nil
	}
	r := &Row{Normal: n, App: strings.Clone(app), Reason: strings.Clone(reason), statistic: statistic, sessions: map[string]bool{}}
	for i, t := range r.tokens {
		r.tokens[i].src = strings.Clone(t.src) // not a part of the log's buffer
	}
	r.Name = strings.Clone(n.Name)
	r.effects = session.Analyze(n.Text).Effects
	l.rows[key] = r
	return r
}

// Judge says of each row what becomes of it behind the poolers, in their order,
// and whose it is, and returns those that leave something in the session behind
// one of them: the one that ran most often first.
func (l *Log) Judge(behind []Behind, sources []*Source) (rows []*Row) {
	for _, s := range sources {
		s.pattern = patternOf(s.SQL, s.Fragment, func(name string) (string, bool) {
			value, ok := s.Bound[name]
			return value, ok
		})
	}
	slices.SortStableFunc(sources, func(a, b *Source) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.By, b.By), cmp.Compare(a.Package, b.Package), cmp.Compare(a.SQL, b.SQL))
	})
	for _, r := range l.sorted() {
		bad := r.judge(behind)
		r.see(sources)
		if !bad && r.Reason == "" {
			continue
		}
		r.hidden()
		r.attribute(sources)
		rows = append(rows, r)
	}
	return joined(rows)
}

// sorted are all rows, in an order that is the same for the same log.
func (l *Log) sorted() (rows []*Row) {
	for _, r := range l.rows {
		if r.Times() > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b *Row) int {
		return cmp.Or(cmp.Compare(b.Times(), a.Times()), cmp.Compare(a.Text, b.Text), cmp.Compare(a.App, b.App), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Reason, b.Reason))
	})
	return rows
}

// joined gives a pin that only one row can be the reason of to that row.
func joined(rows []*Row) (left []*Row) {
	for _, pin := range rows {
		if pin.Reason == "" {
			left = append(left, pin)
			continue
		}
		var of []*Row
		for _, r := range rows {
			if r.Reason == "" && matches(pin.tokens, r.tokens) {
				of = append(of, r)
			}
		}
		if len(of) != 1 {
			left = append(left, pin)
			continue
		}
		of[0].Pins += pin.Times()
	}
	return left
}

// hidden says what the log does not show of what decides.
func (r *Row) hidden() {
	const parameter, scope = "which parameter it sets", "whether for the session or the transaction"
	var what []string
	for _, e := range r.effects {
		if e.Kind == effect.SetConfig && e.Object == "" && !slices.Contains(what, parameter) {
			what = append(what, parameter)
		}
		if e.Kind == effect.SetConfig && e.Local == effect.Unknown && !slices.Contains(what, scope) {
			what = append(what, scope)
		}
	}
	if len(what) == 0 {
		return
	}
	shows := "log_parameter_max_length = -1"
	switch {
	case r.Reason != "":
		shows = "the log of PostgreSQL with log_statement = all"
	case r.statistic:
		shows = "log_statement = all"
	}
	r.Unknown = strings.Join(what, ", and ") + ", is not in the log; " + shows + " shows it"
}

// bound finds the value of a placeholder among bound ones.
func bound(params []pglog.Param) func(name string) (string, bool) {
	return func(name string) (string, bool) {
		i, err := strconv.Atoi(name)
		if err != nil || i < 1 || i > len(params) || params[i-1].Null || params[i-1].Cut {
			return "", false
		}
		return params[i-1].Value, true
	}
}

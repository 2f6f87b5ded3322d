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
	"github.com/poolvet/poolvet/internal/pglog"
	"github.com/poolvet/poolvet/internal/sent"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/spell"
)

// What bounds the memory that a log takes, whatever its length.
const (
	maxKinds    = 20_000  // statements that are told apart, and rows of them
	maxSessions = 10_000  // of one row
	maxNames    = 100_000 // of sessions, of all rows
	maxHosts    = 100     // of one row
	maxCached   = 10_000  // texts that need not be read again
	maxText     = 4_096   // bytes of one of these
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

// Row is a statement of the log that leaves something in the session, as one
// application sends it for one user.
type Row struct {
	*statement
	*application
	Hosts   map[string]bool // maxHosts of them at most
	First   Line            // where a log has it first
	Unknown string          // what the log does not show of what decides, and what would show it
	Pins    int64           // the proxy's log says that it pinned
	Reason  string          // of a row that only the proxy's log has
	Code    []*Source       // the texts that it can be an instance of, the best first
	Library []*Source       // what a library of the program does by itself
	Clients []client.Known  // who else is known to send it

	ran      runs
	sessions names
	by       *client.Client // that gives prepared statements such a name, nil where none tells
}

// Line is one of a log.
type Line struct {
	File    string
	Number  int
	Session string // "" for an unknown one
}

// lineOf is the one that an entry is of.
func lineOf(e *pglog.Entry) Line { return Line{e.File, e.Line, strings.Clone(e.Session)} }

func (l Line) String() string {
	said := fmt.Sprintf("first at %s:%d", l.File, l.Number)
	if l.Session != "" {
		said += ", in session " + spell.Shorten(l.Session, spell.Max)
	}
	return said
}

// Times is how often it ran.
func (r *Row) Times() int64 { return r.ran.times() }

// runs counts how often a statement ran.
type runs struct{ run, told int64 } // told of otherwise, as auto_explain does

func (n *runs) add(e *pglog.Entry) {
	if e.Step == pglog.Plan || e.Step == pglog.Audit || e.Step == pglog.Parse { // of a pin: it will, once it runs
		n.told += e.Calls
	} else {
		n.run += e.Calls
	}
}

func (n runs) times() int64 { return cmp.Or(n.run, n.told) }

// Log gathers what logs show.
type Log struct {
	behind  []Behind
	kinds   map[string]*statement
	cached  map[string][]*statement // by the shape of a text
	key     []byte                  // of what is looked up
	apps    map[appKey]*application
	last    *application // that sent something
	rows    int
	names   int // of sessions, that may be kept yet
	refused map[string]int64
	held    sessions
	pins    pins

	Dropped int64 // runs of statements beyond maxKinds
}

// NewLog is one of nothing yet, judged behind the poolers.
func NewLog(behind []Behind) *Log {
	return &Log{behind: behind, kinds: map[string]*statement{}, cached: map[string][]*statement{}, apps: map[appKey]*application{}, refused: map[string]int64{}, names: maxNames, held: newSessions(), pins: newPins()}
}

// Add takes an entry of a log, of which it keeps no part.
func (l *Log) Add(e *pglog.Entry) {
	switch {
	case e.Kind == pglog.Refusal:
		l.refuse(e.Reason)
	case e.Kind == pglog.Pin && e.Digest == "":
		l.refuse(e.Reason)
	case e.Kind == pglog.Pin:
		for _, k := range l.statements(e) {
			l.pins.add(k, e, &l.names)
		}
	case e.Kind == pglog.Disconnection:
		l.held.end(e)
	default:
		l.held.seen(e)
		if e.Step == pglog.Parse || e.Step == pglog.Bind || e.Step == pglog.Fetch {
			return
		}
		for _, k := range l.statements(e) {
			k.sentBy(l.application(e), e.Name)
			if k.bad {
				l.count(k, e)
			}
		}
	}
}

func (l *Log) refuse(reason string) {
	if _, ok := l.refused[reason]; ok || len(l.refused) < maxKinds {
		l.refused[strings.Clone(reason)]++
	}
}

// count counts a run of a statement to who sent it.
func (l *Log) count(k *statement, e *pglog.Entry) {
	a := l.application(e)
	r := k.rows[a]
	if r == nil {
		if l.rows >= maxKinds {
			l.Dropped += e.Calls
			return
		}
		l.rows++
		r = &Row{statement: k, application: a, Hosts: map[string]bool{}, First: lineOf(e)}
		k.rows[a] = r
	}
	r.ran.add(e)
	if r.by == nil && e.Name != "" {
		r.by = client.Preparing(e.Name)
	}
	if e.Host != "" && !r.Hosts[e.Host] && len(r.Hosts) < maxHosts {
		r.Hosts[strings.Clone(e.Host)] = true
	}
	r.sessions.add(e.Session, &l.names)
	l.held.holds(r, e)
	l.pins.ran(r, e)
}

// statements are those of an entry's text, of a pin's its digest.
func (l *Log) statements(e *pglog.Entry) (all []*statement) {
	sql, from := e.SQL, fromLog
	switch e.Kind {
	case pglog.Pin:
		sql, from = e.Digest, fromPin
	case pglog.Statistic:
		from = fromStatistics
	}
	// Of a set_config with bound values each run can be another.
	cached := len(sql) <= maxText && (len(e.Params) == 0 || !setsConfig(sql))
	if cached {
		l.key = shape(append(l.key[:0], byte(from)), sql)
		if all, ok := l.cached[string(l.key)]; ok {
			return all
		}
	}
	for _, text := range statementsOf(sql) {
		if k := l.statement(Of(text, bound(e.Params)), from); k != nil {
			all = append(all, k)
		} else {
			l.Dropped += e.Calls
			cached = false // the next one is dropped as well
		}
	}
	if cached {
		if len(l.cached) >= maxCached {
			clear(l.cached)
		}
		l.cached[string(l.key)] = all
	}
	return all
}

// statementsOf are the statements of a text, with the comments around each.
func statementsOf(sql string) (all []string) {
	spans := session.Statements(sql)
	from := 0
	for i, span := range spans {
		end := len(sql)
		if i+1 < len(spans) {
			end = spans[i+1].Start
		}
		if n := strings.IndexByte(sql[span.End:end], ';'); n >= 0 {
			end = span.End + n
		}
		all = append(all, strings.TrimLeft(sql[from:end], "; \t\r\n"))
		from = end
	}
	return all
}

// statement is the one of these words, nil where there are too many.
func (l *Log) statement(n Normal, from source) *statement {
	key := string(rune(from)) + n.Comment.key() + hole + n.Key()
	if k := l.kinds[key]; k != nil {
		return k
	}
	if len(l.kinds) >= maxKinds || len(n.tokens) == 0 {
		return nil
	}
	k := newStatement(n, from, l.behind)
	l.kinds[key] = k
	return k
}

// Judge says whose each row is, and returns those that leave something in the
// session behind one of the poolers: the one that ran most often first.
func (l *Log) Judge(sources []*Source) []*Row {
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
	rows := l.pins.join(l.sorted())
	for _, k := range l.kinds {
		k.see(sources)
	}
	l.attribute(rows, sources)
	for _, r := range rows {
		r.hidden()
	}
	return rows
}

// sorted are all rows, in an order that is the same for the same log.
func (l *Log) sorted() (rows []*Row) {
	for _, k := range l.kinds {
		for _, r := range k.rows {
			if r.Times() > 0 {
				rows = append(rows, r)
			}
		}
	}
	slices.SortFunc(rows, inOrder)
	return rows
}

func inOrder(a, b *Row) int {
	return cmp.Or(cmp.Compare(b.Times(), a.Times()), cmp.Compare(a.Text, b.Text), cmp.Compare(a.App, b.App), cmp.Compare(a.User, b.User),
		cmp.Compare(a.Comment.key(), b.Comment.key()), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.from, b.from))
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
	case r.from == fromStatistics:
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

package pglog

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// who is whose a message is, as its format writes it.
type who struct{ at, pid, session, start, user, database, app, host string }

// message is one of PostgreSQL's in text: a line, those that go on with it, and
// those that have its details.
type message struct {
	head
	outer     outer
	line      int
	wanted    bool   // it may tell something
	long      bool   // it is longer than is kept
	text      []byte // the first line and those that go on with it
	detail    []byte // what DETAIL says
	statement []byte // what STATEMENT says
	part      *[]byte
	ignored   []byte
}

// begin takes the first line of a message, or of a part of the last one.
func (r *reader) begin(line []byte, whole bool, h *head) {
	m := r.pending
	severity := view(line[h.severity.from:h.severity.to])
	switch severity {
	case "DETAIL":
		m.part = &m.detail
	case "STATEMENT":
		m.part = &m.statement
	case "HINT", "CONTEXT", "QUERY", "LOCATION", "BACKTRACE":
		m.part = &m.ignored
	default:
		r.flush()
		m.head, m.outer, m.line, m.long = *h, r.outer.kept(), r.line, !whole
		m.text, m.detail, m.statement = m.text[:0], m.detail[:0], m.statement[:0]
		m.part = &m.text
		if m.wanted = tells(severity, view(line[h.message:])); m.wanted {
			m.text = append(m.text, line...)
		}
		return
	}
	if m.part == &m.ignored || !m.wanted || m.of(pid) != h.of(line, pid) || m.of(session) != h.of(line, session) {
		m.part = &m.ignored // of another process, which wrote between
		return
	}
	m.add(line[h.message:], "", whole)
}

// of is a field of the line that a head is of.
func (h *head) of(line []byte, field int) string {
	return view(line[h.field[field].from:h.field[field].to])
}

func (m *message) of(field int) string { return m.head.of(m.text, field) }

// goesOn reports whether a line without a head goes on with the message.
func (m *message) goesOn() bool { return m.part != nil }

// add takes more of the part that was read last.
func (m *message) add(line []byte, between string, whole bool) {
	if !m.wanted || m.long || m.part == &m.ignored {
		return
	}
	if m.long = !whole || len(*m.part)+len(line) > longest; !m.long {
		*m.part = append(append(*m.part, between...), line...)
	}
}

// mostWaiting is of how many processes messages wait for their other lines.
const mostWaiting = 64

// process takes up the message of another process: in syslog the lines of several
// stand between each other.
func (r *reader) process(pid string) {
	if pid == r.pending.outer.pid {
		return
	}
	m := r.waiting[pid]
	if m == nil {
		if len(r.waiting) == mostWaiting {
			r.flushAll()
		}
		m = &message{outer: outer{pid: strings.Clone(pid)}}
		r.waiting[m.outer.pid] = m
	}
	r.waiting[r.pending.outer.pid], r.pending = r.pending, m
}

// flushAll hands on what all messages tell, as they began.
func (r *reader) flushAll() {
	all := append(slices.Collect(maps.Values(r.waiting)), r.pending)
	slices.SortFunc(all, func(a, b *message) int { return cmp.Compare(a.line, b.line) })
	for _, r.pending = range all {
		r.flush()
	}
	clear(r.waiting)
}

// flush hands on what the last message tells.
func (r *reader) flush() {
	m := r.pending
	wanted := m.wanted
	m.wanted, m.part = false, nil
	if m.long && wanted {
		r.counts.Long++
		return
	}
	if !wanted {
		return
	}
	w := who{at: m.of(at), pid: m.of(pid), session: m.of(session), start: m.of(start), user: m.of(user), database: m.of(database), app: m.of(app), host: m.of(host)}
	if w.at == "" {
		w.at = m.outer.at
	}
	if w.pid == "" {
		w.pid = m.outer.pid
	}
	r.tell(m.line, w, view(m.text[m.severity.from:m.severity.to]), view(m.text[m.head.message:]), view(m.detail), view(m.statement))
}

// tell hands on what a message tells, of whichever format.
func (r *reader) tell(line int, w who, severity, message, detail, statement string) {
	e := r.fresh(line)
	e.Time = instant(w.at)
	e.Session, e.User, e.Database, e.App = w.session, toldName(w.user), toldName(w.database), toldName(w.app)
	e.Host, _, _ = strings.Cut(w.host, "(")
	if e.Session == "" {
		e.Session = r.sessionOf(w)
	}
	if rest, ok := strings.CutPrefix(message, "connection authorized: "); ok {
		r.connected(rest)
		return
	}
	if strings.HasPrefix(message, "disconnection: ") {
		delete(r.apps, e.Session)
		e.Kind = Disconnection
		r.hand()
		return
	}
	if e.App == "" {
		e.App = r.apps[e.Session]
	}
	if severity == "ERROR" {
		r.lostStatement(message, statement)
		return
	}
	r.statement(message, detail)
}

// sessionOf tells a session apart where the log does not: the id of a process is
// used again, its start or the port of its client not so soon.
func (r *reader) sessionOf(w who) string {
	r.session = append(r.session[:0], w.pid...)
	switch {
	case w.start != "":
		r.session = append(append(r.session, " since "...), w.start...)
	case w.pid != "" && strings.HasSuffix(w.host, ")"):
		r.session = append(append(r.session, " of "...), w.host...)
	}
	return view(r.session)
}

// toldName is a name, "" for what PostgreSQL writes until it knows.
func toldName(name string) string {
	if name == "[unknown]" {
		return ""
	}
	return name
}

// mostSessions is of how many sessions the application is kept, where nothing
// says that they end.
const mostSessions = 1 << 16

// connected keeps the application that a session says it is, which some prefixes,
// RDS's among them, leave out.
func (r *reader) connected(message string) {
	_, app, ok := strings.Cut(message, "application_name=")
	if !ok {
		delete(r.apps, r.entry.Session)
		return
	}
	for _, after := range []string{" SSL enabled (", " GSS ("} {
		app, _, _ = strings.Cut(app, after)
	}
	if len(r.apps) >= mostSessions {
		clear(r.apps)
	}
	r.apps[strings.Clone(r.entry.Session)] = strings.Clone(app)
}

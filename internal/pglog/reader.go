package pglog

import (
	"fmt"
	"io"
	"strings"
)

// reader reads one log after the other.
type reader struct {
	each   func(*Entry)
	given  *prefix // nil to find it out
	counts Counts

	file    string
	line    int
	known   known
	pending message
	entry   Entry
}

// message is one of PostgreSQL's: a line, those that go on with it, and those that
// have its details.
type message struct {
	head
	line   int
	wanted bool   // it may tell of a statement
	long   bool   // it is longer than is kept
	text   []byte // the first line and those that go on with it
	detail []byte // what DETAIL says
	part   *[]byte
}

// read reads one log.
func (r *reader) read(name string, in io.Reader) error {
	r.counts.Files++
	r.file, r.line, r.known = name, 0, nil
	in, err := plain(in)
	if err != nil {
		r.cut(err)
		return nil
	}
	l := newLines(in)
	for {
		line, whole, err := l.next()
		if err != nil {
			if err != io.EOF {
				r.cut(err)
			}
			break
		}
		r.line++
		r.stderr(line, whole)
	}
	r.flush()
	r.counts.Lines += int64(r.line)
	r.counts.Bytes += l.bytes
	return nil
}

// cut notes that a log cannot be read to its end.
func (r *reader) cut(err error) {
	r.counts.Cut = append(r.counts.Cut, fmt.Sprintf("%s:%d: %v", r.file, r.line+1, err))
}

// stderr reads a line of the format that log_line_prefix begins.
func (r *reader) stderr(line []byte, whole bool) {
	var h head
	switch text := view(line); {
	case strings.HasPrefix(text, "\t"):
		if r.pending.part == nil {
			r.counts.Other++
			return
		}
		r.pending.goOn(line[1:], whole)
	case !r.headOf(text, &h):
		r.flush()
		r.counts.Other++
		return
	default:
		r.begin(line, whole, &h)
	}
	r.counts.Formats["stderr"]++
}

// headOf reads what stands before the message of a line.
func (r *reader) headOf(line string, h *head) bool {
	if r.given != nil {
		return r.given.match(line, h)
	}
	return r.known.match(line, h)
}

// begin takes the first line of a message, or of a part of the last one.
func (r *reader) begin(line []byte, whole bool, h *head) {
	m := &r.pending
	switch severity := view(line[h.severity.from:h.severity.to]); severity {
	case "DETAIL":
		m.detail = m.detail[:0]
		m.part = &m.detail
		if m.wanted {
			m.detail = append(m.detail, line[h.message:]...)
		}
	case "HINT", "STATEMENT", "CONTEXT", "QUERY", "LOCATION", "BACKTRACE":
		m.part = new([]byte)
	default:
		r.flush()
		m.head, m.line, m.long = *h, r.line, !whole
		m.text, m.detail = m.text[:0], m.detail[:0]
		m.part = &m.text
		if m.wanted = severity == "LOG" && tells(view(line[h.message:])); m.wanted {
			m.text = append(m.text, line...)
		}
	}
}

// goOn takes a line that goes on with a message.
func (m *message) goOn(line []byte, whole bool) {
	if !m.wanted || m.long {
		return
	}
	if m.long = !whole || len(*m.part)+len(line) > longest; !m.long {
		*m.part = append(append(*m.part, '\n'), line...)
	}
}

// flush hands on what the last message tells.
func (r *reader) flush() {
	m := &r.pending
	m.part = nil
	if !m.wanted {
		return
	}
	m.wanted = false
	if m.long {
		r.counts.Long++
		return
	}
	text := view(m.text)
	of := func(i int) string { return text[m.field[i].from:m.field[i].to] }
	r.fresh(m.line)
	e := &r.entry
	e.Time = instant(of(at))
	e.Session, e.User, e.Database, e.App = of(session), of(user), of(database), of(app)
	e.Host, _, _ = strings.Cut(of(host), "(")
	if e.Session == "" {
		e.Session = of(pid)
		if m.field[start].to > 0 {
			e.Session += " since " + of(start)
		}
	}
	r.statement(text[m.message:], view(m.detail))
}

// fresh makes the entry that is handed on one of which nothing is known.
func (r *reader) fresh(line int) {
	r.entry = Entry{File: r.file, Line: line, Calls: 1, Params: r.entry.Params[:0]}
}

// hand hands on the entry.
func (r *reader) hand() {
	r.counts.Entries++
	r.each(&r.entry)
}

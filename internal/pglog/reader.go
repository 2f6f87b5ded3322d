package pglog

import (
	"bufio"
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
	outer   outer               // what is around the line, of syslog or an export
	eventAt string              // the time of an event in JSON over several lines
	partial bool                // a container's runtime goes on with the line in the next one
	pending *message            // the last one of PostgreSQL, which may go on
	waiting map[string]*message // those of other processes, by the id that syslog gives
	csv     record
	columns columns           // of pg_stat_statements, when the log is that
	apps    map[string]string // what sessions said they are
	session []byte
	entry   Entry
}

// read reads one log.
func (r *reader) read(name string, in io.Reader) {
	r.counts.Files++
	r.file, r.line, r.known, r.columns, r.eventAt, r.partial = name, 0, nil, nil, "", false
	r.apps, r.pending, r.waiting = map[string]string{}, new(message), map[string]*message{}
	in, closed, err := plain(in)
	if err != nil {
		r.cut(r.line+1, err)
		return
	}
	defer closed()
	format, run := "", int64(0) // of the last lines, and of how many
	l := &lines{in: bufio.NewReaderSize(in, 1<<16)}
	for {
		line, whole, err := l.next()
		if err != nil {
			if err != io.EOF {
				r.cut(r.line+1, err)
			}
			break
		}
		r.line++
		if next := r.take(line, whole); next != format {
			r.countLines(format, run)
			format, run = next, 0
		}
		run++
	}
	r.countLines(format, run)
	r.flushAll()
	r.csv.drop(r)
	r.counts.Lines += int64(r.line)
	r.counts.Bytes += l.bytes
}

// countLines counts lines of a format, "" for none.
func (r *reader) countLines(format string, n int64) {
	switch {
	case n == 0:
	case format == "":
		r.counts.Other += n
	default:
		r.counts.Formats[format] += n
	}
}

// cut notes, once a log, that it is not whole.
func (r *reader) cut(line int, err error) {
	if n := len(r.counts.Cut); n == 0 || !strings.HasPrefix(r.counts.Cut[n-1], r.file+":") {
		r.counts.Cut = append(r.counts.Cut, fmt.Sprintf("%s:%d: %v", r.file, line, err))
	}
}

// take reads a line, and says of which format it is, "" for none.
func (r *reader) take(line []byte, whole bool) string {
	text := view(line)
	switch {
	case r.columns != nil:
		r.csv.add(r, line, whole)
		return "pg_stat_statements"
	case r.csv.open && !beginsRecord(text):
		r.csv.add(r, line, whole)
		return "csvlog"
	case r.line == 1 && r.columnsOf(text):
		return "pg_stat_statements"
	case beginsRecord(text):
		r.flush()
		r.csv.drop(r)
		r.csv.add(r, line, whole)
		return "csvlog"
	case len(text) > 1 && text[0] == '{':
		return r.object(line)
	}
	r.outer = outer{}
	return r.inner(line, whole)
}

// inner reads a line that is text, alone or without what an export puts around it.
func (r *reader) inner(line []byte, whole bool) string {
	text := view(line)
	r.process(r.outer.pid)
	if r.outer.goesOn && r.pending.goesOn() {
		r.pending.add(line, "", whole)
		return "stderr"
	}
	if strings.HasPrefix(text, "\t") {
		if !r.pending.goesOn() {
			return ""
		}
		r.pending.add(line[1:], "\n", whole)
		return "stderr"
	}
	if r.mayBeWrapped(text) {
		// A prefix of names alone would take what is around the line for one.
		if format := r.unwrap(line, whole); format != "" {
			return format
		}
	}
	var h head
	if r.headOf(text, &h) {
		r.begin(line, whole, &h)
		return "stderr"
	}
	return r.pooler(text)
}

// headOf reads what stands before the message of a line.
func (r *reader) headOf(text string, h *head) bool {
	if !strings.Contains(text[:min(len(text), widest)], ":  ") {
		return false
	}
	if r.given != nil {
		return r.given.match(text, h)
	}
	return r.known.match(text, h) || r.known.find(text, h)
}

// fresh makes the entry that is handed on one of which nothing is known.
func (r *reader) fresh(line int) *Entry {
	r.entry = Entry{File: r.file, Line: line, Calls: 1, Params: r.entry.Params[:0]}
	return &r.entry
}

// hand hands on the entry.
func (r *reader) hand() {
	r.counts.Entries++
	r.each(&r.entry)
}

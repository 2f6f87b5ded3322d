// Package pglog reads the logs of PostgreSQL and of the poolers before it: which
// statements sessions sent, with the values bound to them where the log has them,
// and what a pooler said of a session. What a file is, its content tells; each is
// read once, from its begin to its end, in memory that does not grow with it.
// PostgreSQL's messages are known in English only, as lc_messages has them by
// default in most places.
package pglog

import (
	"io"
	"time"
)

// Kind is what an entry tells.
type Kind int

const (
	Statement     Kind = iota // a session sent SQL
	Pin                       // RDS Proxy pinned a session, or will at Parse
	Refusal                   // a pooler closed or refused a session, or PostgreSQL a prepared statement
	Statistic                 // a row of pg_stat_statements
	Disconnection             // a session ended
)

// Step is the part of a statement's run that an entry tells of: one run can be
// told several times.
type Step int

const (
	Simple  Step = iota // sent as one text
	Parse               // prepared, not run
	Bind                // values bound, not run
	Execute             // run
	Fetch               // more rows of a run before
	Plan                // auto_explain's word on a run, which may be inside a function
	Audit               // pgaudit's word on a run, which may be inside a function
)

// Entry is what a log says at one place. Its texts are parts of a buffer that is
// used again: what is kept beyond the call must be cloned.
type Entry struct {
	Kind Kind
	File string
	Line int       // where it begins
	Time time.Time // zero where the log does not say

	// Who it was, "" where not known. Session tells the sessions of one log apart.
	Session, User, Database, App, Host string

	SQL    string // as the log has it, of a Statement or Statistic
	Name   string // of the prepared statement
	Step   Step
	Params []Param // bound, where the log shows them

	Reason, Digest string // of a Pin or a Refusal
	Server         string // of a Pin, the proxy's name of the connection to the database
	Calls          int64  // of a Statistic, else 1
}

// Param is a value bound to a statement.
type Param struct {
	Value string
	Null  bool
	Cut   bool // by log_parameter_max_length
}

// Options say what logs do not say of themselves.
type Options struct {
	Prefix string // log_line_prefix, "" to find it out

	// Progress, if not nil, is told now and then how many bytes were read, before
	// decompression, and of how many: 0 where that is not known.
	Progress func(read, of int64)
}

// Counts are what was read.
type Counts struct {
	Files          int
	Bytes          int64 // after decompression
	Lines, Entries int64
	Other          int64            // lines that are of no known format
	Long           int64            // messages too long to keep
	Cut            []string         // logs that could not be read to their end, and where and why
	Formats        map[string]int64 // lines of each format
}

// Read reads logs, each a file, a folder of them, or "-" for stdin, and hands on
// what they say in their order; of syslog, where the lines of messages stand
// between each other, in the order in which these end.
func Read(names []string, stdin io.Reader, o Options, each func(*Entry)) (Counts, error) {
	r := &reader{each: each, counts: Counts{Formats: map[string]int64{}}}
	if o.Prefix != "" {
		p, err := compile(o.Prefix)
		if err != nil {
			return r.counts, err
		}
		r.given = p
	}
	logs, err := find(names)
	if err != nil {
		return r.counts, err
	}
	m := meterOf(logs, o.Progress)
	for _, l := range logs {
		if err := l.read(stdin, m, r); err != nil {
			return r.counts, err
		}
	}
	return r.counts, nil
}

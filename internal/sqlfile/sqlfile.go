// Package sqlfile knows which tool a file of SQL is for, and in which transaction
// that runs it.
package sqlfile

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/session"
)

// Run is how a tool runs a file.
type Run struct {
	Tool string
	// One: all of the file, or of its part that goes forwards, in one transaction.
	One bool
	// Alone: each statement on its own, unless the file begins a transaction.
	Alone bool
}

// tool is how one is told by its files.
type tool struct {
	name    string
	mark    string // in the text, in small letters
	without string // says that there is to be no transaction
}

// Not included: Atlas and Flyway, whose files say nothing that others do not;
// tools whose files are Go.
var tools = []tool{
	{"goose", "-- +goose up", "-- +goose no transaction"},                         // https://pressly.github.io/goose/documentation/annotations/
	{"sql-migrate", "-- +migrate up", "notransaction"},                            // https://github.com/rubenv/sql-migrate#writing-migrations
	{"dbmate", "-- migrate:up", "transaction:false"},                              // https://github.com/amacneil/dbmate#migration-options
	{"tern", "---- create above / drop below ----", "---- tern: disable-tx ----"}, // https://github.com/jackc/tern#migrations
}

// apart are statements that PostgreSQL runs in no transaction ("cannot run inside a
// transaction block", PreventInTransactionBlock in its source).
var apart = regexp.MustCompile(`(?i)\b(?:create\s+(?:unique\s+)?index|drop\s+index|detach\s+partition\s+\S+|reindex\b[^;]*)\s+concurrently\b|` +
	`(?:^|;)\s*(?:vacuum|alter\s+system|(?:create|drop)\s+(?:database|tablespace))\b`)

// RunsApart reports whether a text has a statement that runs in no transaction.
func RunsApart(text string) bool { return apart.MatchString(text) }

// numbered is the name of a file of golang-migrate: it sends the text as it is,
// as one message.
var numbered = regexp.MustCompile(`^\d+_.*\.(up|down)\.sql$`)

// RunOf is how a file is run, as far as its name and text tell; Tool is "" where
// they do not.
func RunOf(name, text string) Run {
	lower := strings.ToLower(text)
	for _, t := range tools {
		if strings.Contains(lower, t.mark) {
			alone := strings.Contains(lower, t.without)
			return Run{Tool: t.name, One: !alone, Alone: alone}
		}
	}
	if numbered.MatchString(filepath.Base(name)) {
		return Run{Tool: "golang-migrate"}
	}
	return Run{}
}

// String says what is assumed: "goose runs this file in one transaction".
func (r Run) String() string {
	switch {
	case r.Tool == "":
		return ""
	case r.One:
		return r.Tool + " runs this file in one transaction"
	case r.Alone:
		return r.Tool + " runs each statement of this file by itself"
	}
	return r.Tool + " sends this file as one message"
}

// Statement is where one stands in a text, and the word that it begins with, in
// small letters.
type Statement struct {
	session.Span
	Word string
}

// Statements are those of a text.
func Statements(text string) (all []Statement) {
	for _, s := range session.Statements(text) {
		sql := text[s.Start:s.End]
		end := strings.IndexFunc(sql, func(r rune) bool { return r < 'A' || 'z' < r })
		if end < 0 {
			end = len(sql)
		}
		all = append(all, Statement{s, strings.ToLower(sql[:end])})
	}
	return all
}

// Begins and Ends report whether a statement does that to a transaction.
func (s Statement) Begins() bool { return s.Word == "begin" || s.Word == "start" }

func (s Statement) Ends() bool {
	return slices.Contains([]string{"commit", "end", "rollback", "abort"}, s.Word)
}

// Within reports whether what stands at a place is in a transaction that one of
// the statements begins.
func Within(statements []Statement, at int) (open bool) {
	for _, s := range statements {
		switch {
		case s.Start > at:
			return open
		case s.Begins():
			open = true
		case s.Ends():
			open = false
		}
	}
	return open
}

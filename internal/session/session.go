// Package session reads SQL text and says what it does to the state of a
// PostgreSQL session: what outlives a transaction there, and so reaches or
// pins whoever shares the server connection through a pooler.
//
// It knows PostgreSQL alone: no Go syntax and no pooler. What a statement is
// and where its words stand is read from tokens, in any text; that it is one,
// and which function calls run with it, is the parser's to say.
//
// Not included:
//   - a view over a temporary table, which is temporary too: the text shows
//     that only where it creates the table as well, and then that is found;
//   - ALTER TABLE … USING nextval(…), which runs once in a migration;
//   - the code of languages other than SQL and PL/pgSQL.
package session

import "github.com/poolvet/poolvet/internal/effect"

// Hole stands in a text for one part of it that is not known. PostgreSQL text
// cannot contain this byte, and one byte for any hole keeps offsets simple.
const Hole = '\x00'

// Analysis is what a text does.
type Analysis struct {
	Effects    []effect.Effect
	Statements int // how many the text has
	// Parsed: every statement that could have an effect parsed. Otherwise its
	// tokens were read, which is to be trusted of SQL only.
	Parsed bool
	// Unread are the statements of which nothing was read, though they may
	// have an effect.
	Unread []Unread
}

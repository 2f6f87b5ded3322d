package session

import (
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// begin reads BEGIN and START TRANSACTION, of which nothing but the modes of the
// transaction may follow: SQLite's BEGIN IMMEDIATE is none, nor is the BEGIN of a
// body.
func (s statement) begin(i int) []effect.Effect {
	next := i + 1
	switch {
	case s.is(i, "start") && !s.is(next, "transaction"):
		return nil
	case s.oneOf(next, "work", "transaction"):
		next++
	}
	end := next
	for s.src(end) == "," || s.oneOf(end, transactionModes...) {
		end++
	}
	if !s.ends(end) {
		return nil
	}
	return []effect.Effect{s.effect(effect.Begin, "", i, next)}
}

var transactionModes = []string{"isolation", "level", "serializable", "repeatable", "read", "committed", "uncommitted", "write", "only", "not", "deferrable"}

// transactions says of each statement whether the text itself has it run in a
// transaction: between BEGIN and COMMIT, or in one message with others, which
// PostgreSQL runs in one implicit transaction
// (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT).
// begun is the BEGIN whose transaction the text leaves open, -1 for none.
func transactions(statements []statement) (in []bool, begun int) {
	in, begun = make([]bool, len(statements)), -1
	open, from := false, 0
	settle := func(to int) { // the statements from here to there share a transaction
		for i := from; i < to; i++ {
			in[i] = open || to-from > 1
		}
		from = to + 1
	}
	for i, s := range statements {
		switch {
		case s.oneOf(0, "begin") || s.is(0, "start", "transaction"):
			settle(i)
			if !open {
				begun = i
			}
			open = true
		case s.oneOf(0, "commit", "end", "rollback", "abort"):
			if s.ends(2) || !s.oneOf(1, "prepared", "to") && !s.oneOf(2, "to") {
				settle(i)
				open, begun = s.chains(), -1
			}
		case s.first() > 0 || s.kind(0, pgquery.Spot): // perhaps a COMMIT
			begun = -1
		}
	}
	settle(len(statements))
	return in, begun
}

// mixes reports whether two or more of the statements do more than to set and
// show parameters and to frame a transaction.
func mixes(statements []statement) bool {
	others := 0
	for _, s := range statements {
		if !s.oneOf(s.first(), "set", "reset", "show", "begin", "start", "commit", "end", "rollback", "abort") {
			others++
		}
	}
	return others > 1
}

// chains reports whether a COMMIT or ROLLBACK begins the next transaction.
func (s statement) chains() bool {
	for i := range s.tokens {
		if s.is(i, "and", "chain") {
			return true
		}
	}
	return false
}

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

import "strings"

// Kind is one kind of effect on a session. A pooler has one verdict for each.
type Kind string

// The effects that SQL text has.
const (
	Set                       Kind = "set"                         // SET x, SET TIME ZONE, SET NAMES
	SetLocal                  Kind = "set-local"                   // SET LOCAL x
	SetConfig                 Kind = "set-config"                  // set_config(x, v, false), or a third argument that is not known
	SetConfigLocal            Kind = "set-config-local"            // set_config(x, v, true)
	SetCharacteristics        Kind = "set-characteristics"         // SET SESSION CHARACTERISTICS AS TRANSACTION
	SetTransaction            Kind = "set-transaction"             // SET TRANSACTION
	Reset                     Kind = "reset"                       // RESET x, SET x TO DEFAULT
	ResetAll                  Kind = "reset-all"                   // RESET ALL
	SetRole                   Kind = "set-role"                    // SET ROLE
	SetLocalRole              Kind = "set-local-role"              // SET LOCAL ROLE, SET LOCAL SESSION AUTHORIZATION
	ResetRole                 Kind = "reset-role"                  // RESET ROLE, SET ROLE NONE
	SetSessionAuthorization   Kind = "set-session-authorization"   // SET SESSION AUTHORIZATION
	ResetSessionAuthorization Kind = "reset-session-authorization" // RESET SESSION AUTHORIZATION, … TO DEFAULT
	Discard                   Kind = "discard"                     // DISCARD ALL, PLANS, TEMP or SEQUENCES
	Prepare                   Kind = "prepare"                     // PREPARE x AS
	Execute                   Kind = "execute"                     // EXECUTE x
	Deallocate                Kind = "deallocate"                  // DEALLOCATE x, DEALLOCATE ALL
	Listen                    Kind = "listen"                      // LISTEN x
	Unlisten                  Kind = "unlisten"                    // UNLISTEN x, UNLISTEN *
	Cursor                    Kind = "cursor"                      // DECLARE x CURSOR
	CursorHold                Kind = "cursor-hold"                 // DECLARE x CURSOR WITH HOLD
	TempObject                Kind = "temp-object"                 // CREATE TEMP TABLE and its like
	TempFunction              Kind = "temp-function"               // CREATE FUNCTION pg_temp.f; a procedure, an aggregate or a type likewise
	TempOnCommitDrop          Kind = "temp-on-commit-drop"         // CREATE TEMP TABLE … ON COMMIT DROP
	LoadLibrary               Kind = "load-library"                // LOAD
	AdvisoryLock              Kind = "advisory-lock"               // pg_advisory_lock, pg_try_advisory_lock, …_shared
	AdvisoryUnlock            Kind = "advisory-unlock"             // pg_advisory_unlock, …_shared, …_all
	AdvisoryXactLock          Kind = "advisory-xact-lock"          // pg_advisory_xact_lock and its family
	SequenceChange            Kind = "sequence-change"             // nextval, setval
	SequenceRead              Kind = "sequence-read"               // currval, lastval
	LongStatement             Kind = "long-statement"              // a statement over 16,384 bytes
	Dblink                    Kind = "dblink"                      // dblink_connect with a connection name
	SetSeed                   Kind = "set-seed"                    // setseed
)

// The effects that a driver or a library has, whatever SQL it is given.
const (
	NamedStatement   Kind = "named-statement"   // named prepared statements of the protocol
	SplitStatement   Kind = "split-statement"   // an unnamed statement over two round trips
	StartupParameter Kind = "startup-parameter" // a parameter in the startup packet
	ConnectSet       Kind = "connect-set"       // SET on every new connection
	Listener         Kind = "listener"          // LISTEN by a library
	MigrationLock    Kind = "migration-lock"    // a session advisory lock by a migration library
	DeadOption       Kind = "dead-option"       // an option that does nothing or breaks
)

// Kinds lists every kind, in the order of their declaration.
func Kinds() []Kind {
	return []Kind{
		Set, SetLocal, SetConfig, SetConfigLocal, SetCharacteristics, SetTransaction, Reset, ResetAll,
		SetRole, SetLocalRole, ResetRole, SetSessionAuthorization, ResetSessionAuthorization,
		Discard, Prepare, Execute, Deallocate, Listen, Unlisten, Cursor, CursorHold,
		TempObject, TempFunction, TempOnCommitDrop, LoadLibrary, AdvisoryLock, AdvisoryUnlock, AdvisoryXactLock,
		SequenceChange, SequenceRead, LongStatement, Dblink, SetSeed,
		NamedStatement, SplitStatement, StartupParameter, ConnectSet, Listener, MigrationLock, DeadOption,
	}
}

// Scope says how long an effect lasts.
type Scope string

const (
	Session     Scope = "session"
	Transaction Scope = "transaction"
)

// Scope is how long an effect of this kind lasts when it takes hold at all.
func (k Kind) Scope() Scope {
	switch k {
	case SetLocal, SetConfigLocal, SetTransaction, SetLocalRole, Cursor, TempOnCommitDrop, AdvisoryXactLock:
		return Transaction
	}
	return Session
}

// A Body is the code that an effect stands in, where that is not the
// statement itself: poolers read statements, not bodies.
type Body string

const (
	Direct       Body = ""
	DoBlock      Body = "do"       // runs with the statement
	FunctionBody Body = "function" // runs when the function is called, not when it is defined
)

// Known is what is known of a boolean argument.
type Known uint8

const (
	Unknown Known = iota
	True
	False
)

// Effect is one thing that a statement or a driver option does to the session.
type Effect struct {
	Kind   Kind
	Object string // the parameter, lock key, relation, channel or statement name; "" where the text has none or it is not known
	Words  string // how the code spells it: `SET search_path`, `set_config('role', …)`
	Body   Body

	// Start and End delimit the very words in the text, in bytes:
	// `SET search_path`, `set_config(` … `)`. Inside a body they delimit
	// them there where the text shows them, else the statement's keyword.
	Start, End int

	// InTransaction: the text itself puts the effect in a transaction, by a
	// BEGIN before it, by further statements in the same message, or by a body.
	InTransaction bool

	// Undone: nothing of it remains when the text has run, as the text itself
	// undoes it, or rolls it back. Of an undoing effect: it undoes one.
	Undone bool
	// Restores: the value that is set is the one that PostgreSQL begins with.
	Restores bool

	// Of set_config only: the third argument, and the placeholders that hold
	// the first and the third ("1" for $1 and the first ?, a name for :name
	// and @name), so that a caller who knows the bound values can Bind them.
	Local       Known
	ObjectParam string
	LocalParam  string
}

// Bind returns e with the values that get knows for its placeholders.
func (e Effect) Bind(get func(param string) (value string, ok bool)) Effect {
	if v, ok := get(e.ObjectParam); ok && e.ObjectParam != "" {
		e.Object = strings.ToLower(v)
	}
	if v, ok := get(e.LocalParam); ok && e.LocalParam != "" {
		switch e.Local = parseBool(v); e.Local {
		case True:
			e.Kind = SetConfigLocal
		case False:
			e.Kind = SetConfig
		}
	}
	return e
}

// Hole stands in a text for one part of it that is not known. PostgreSQL text
// cannot contain this byte, and one byte for any hole keeps offsets simple.
const Hole = '\x00'

// Analysis is what a text does.
type Analysis struct {
	Effects    []Effect
	Statements int // how many the text has
	// Parsed: every statement that could have an effect parsed. Otherwise its
	// tokens were read, which is to be trusted of SQL only.
	Parsed bool
	// Unread are the statements of which nothing was read, though they may
	// have an effect.
	Unread []Unread
}

// Package effect names what a statement or a driver option can do to the state
// of a PostgreSQL session: the kinds, and what holds for each of them whatever
// the pooler.
package effect

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
	TempSlot                  Kind = "temp-slot"                   // pg_create_logical_replication_slot(x, y, true) and its like
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
	Begin                     Kind = "begin"                       // BEGIN that its own text does not end; Begin of a library
	ExportSnapshot            Kind = "export-snapshot"             // pg_export_snapshot
	Notify                    Kind = "notify"                      // NOTIFY x; pg_notify is a function like others
)

// The effects that a driver or a library has, whatever SQL it is given.
const (
	NamedStatement   Kind = "named-statement"   // named prepared statements of the protocol
	EvictStatement   Kind = "evict-statement"   // DEALLOCATE of such a one that falls out of the driver's cache
	SplitStatement   Kind = "split-statement"   // an unnamed statement over two round trips
	StartupParameter Kind = "startup-parameter" // a parameter in the startup packet
	ConnectSet       Kind = "connect-set"       // SET on every new connection
	Listener         Kind = "listener"          // LISTEN by a library
	MigrationLock    Kind = "migration-lock"    // a session advisory lock by a migration library
	DeadOption       Kind = "dead-option"       // an option that does nothing or breaks
)

// kinds is what holds for each kind: how long it lasts when it takes hold at
// all, and the rule that reports it.
var kinds = []struct {
	kind  Kind
	scope Scope
	rule  string
}{
	{Set, Session, "set-parameter"},
	{SetLocal, Transaction, "set-parameter"},
	{SetConfig, Session, "set-parameter"},
	{SetConfigLocal, Transaction, "set-parameter"},
	{SetCharacteristics, Session, "set-parameter"},
	{SetTransaction, Transaction, "set-parameter"},
	{Reset, Session, "set-parameter"},
	{ResetAll, Session, "set-parameter"},
	{SetRole, Session, "set-role"},
	{SetLocalRole, Transaction, "set-role"},
	{ResetRole, Session, "set-role"},
	{SetSessionAuthorization, Session, "set-role"},
	{ResetSessionAuthorization, Session, "set-role"},
	{Discard, Session, "discard"},
	{Prepare, Session, "sql-prepare"},
	{Execute, Session, "sql-prepare"},
	{Deallocate, Session, "sql-prepare"},
	{Listen, Session, "listen"},
	{Unlisten, Session, "listen"},
	{Cursor, Transaction, "cursor"},
	{CursorHold, Session, "cursor"},
	{TempObject, Session, "temp-object"},
	{TempFunction, Session, "temp-object"},
	{TempSlot, Session, "temp-object"},
	{TempOnCommitDrop, Transaction, "temp-object"},
	{LoadLibrary, Session, "load-library"},
	{AdvisoryLock, Session, "session-lock"},
	{AdvisoryUnlock, Session, "session-lock"},
	{AdvisoryXactLock, Transaction, "session-lock"},
	{SequenceChange, Session, "sequence-state"},
	{SequenceRead, Session, "sequence-state"},
	{LongStatement, Session, "long-statement"},
	{Dblink, Session, "hidden-state"},
	{SetSeed, Session, "hidden-state"},
	{Begin, Transaction, "open-transaction"},
	{ExportSnapshot, Transaction, "local-outside-tx"},
	{Notify, Statement, "listen"},
	{NamedStatement, Session, "named-statement"},
	{EvictStatement, Session, "named-statement"},
	{SplitStatement, Session, "split-statement"},
	{StartupParameter, Session, "startup-parameter"},
	{ConnectSet, Session, "connect-set"},
	{Listener, Session, "listener"},
	{MigrationLock, Session, "migration-lock"},
	{DeadOption, Session, "dead-option"},
}

// Kinds lists every kind, in the order of their declaration.
func Kinds() []Kind {
	ks := make([]Kind, len(kinds))
	for i, k := range kinds {
		ks[i] = k.kind
	}
	return ks
}

// Scope says how long an effect lasts.
type Scope string

const (
	Session     Scope = "session"
	Transaction Scope = "transaction"
	Statement   Scope = "statement" // nothing of it lasts
)

// Scope is how long an effect of this kind lasts when it takes hold at all.
func (k Kind) Scope() Scope {
	for _, row := range kinds {
		if row.kind == k {
			return row.scope
		}
	}
	return Session
}

// Rule is the ID of the rule that reports effects of this kind, wherever they
// stand in the statement itself.
func (k Kind) Rule() string {
	for _, row := range kinds {
		if row.kind == k {
			return row.rule
		}
	}
	return ""
}

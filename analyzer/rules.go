package analyzer

import (
	"slices"

	"github.com/poolvet/poolvet/internal/session"
)

// Rule is one thing that poolvet reports. Its ID stands at the end of every
// message and does not change between versions.
type Rule struct {
	ID      string
	Summary string         // what it finds, in one line
	Kinds   []session.Kind // the effects that it reports
}

// rules lists the rules in the order in which they are shown. A kind belongs
// to the first rule that names it: local-outside-tx comes after those that
// report the same statements in a transaction.
var rules = []*Rule{
	{ID: "set-parameter",
		Summary: "SET, RESET, set_config(…, false) and SET SESSION CHARACTERISTICS, which last for the session",
		Kinds: kinds{session.Set, session.SetConfig, session.SetCharacteristics, session.Reset, session.ResetAll,
			session.SetLocal, session.SetConfigLocal, session.SetTransaction}},
	{ID: "set-role",
		Summary: "SET ROLE, SET SESSION AUTHORIZATION and their RESET",
		Kinds: kinds{session.SetRole, session.ResetRole, session.SetSessionAuthorization, session.ResetSessionAuthorization,
			session.SetLocalRole}},
	{ID: "discard",
		Summary: "DISCARD, which cleans a session that is not the client's own",
		Kinds:   kinds{session.Discard}},
	{ID: "sql-prepare",
		Summary: "PREPARE, EXECUTE and DEALLOCATE as SQL statements",
		Kinds:   kinds{session.Prepare, session.Execute, session.Deallocate}},
	{ID: "listen",
		Summary: "LISTEN and UNLISTEN",
		Kinds:   kinds{session.Listen, session.Unlisten}},
	{ID: "cursor",
		Summary: "DECLARE CURSOR: any on RDS Proxy, WITH HOLD elsewhere",
		Kinds:   kinds{session.Cursor, session.CursorHold}},
	{ID: "temp-object",
		Summary: "temporary tables, views, sequences and functions, in every spelling",
		Kinds:   kinds{session.TempObject, session.TempFunction, session.TempOnCommitDrop}},
	{ID: "load-library",
		Summary: "LOAD of a library module",
		Kinds:   kinds{session.LoadLibrary}},
	{ID: "session-lock",
		Summary: "advisory locks of the session: pg_advisory_lock and its family",
		Kinds:   kinds{session.AdvisoryLock, session.AdvisoryUnlock, session.AdvisoryXactLock}},
	{ID: "sequence-state",
		Summary: "nextval and setval in a statement (RDS Proxy), currval and lastval",
		Kinds:   kinds{session.SequenceChange, session.SequenceRead}},
	{ID: "long-statement",
		Summary: "statements longer than the pooler's limit (RDS Proxy: 16 KB)",
		Kinds:   kinds{session.LongStatement}},
	{ID: hiddenState,
		Summary: "session state changed where no pooler sees it: DO blocks, dblink connections, setseed",
		Kinds:   kinds{session.Dblink, session.SetSeed}},
	{ID: localOutsideTx,
		Summary: "SET LOCAL, set_config(…, true), ON COMMIT DROP and pg_advisory_xact_lock outside a transaction",
		Kinds: kinds{session.SetLocal, session.SetLocalRole, session.SetConfigLocal, session.SetTransaction,
			session.TempOnCommitDrop, session.AdvisoryXactLock}},
	{ID: "named-statement",
		Summary: "driver modes and calls that make named prepared statements",
		Kinds:   kinds{session.NamedStatement}},
	{ID: "split-statement",
		Summary: "driver modes that split a statement over two round trips: other clients' rows",
		Kinds:   kinds{session.SplitStatement}},
	{ID: "startup-parameter",
		Summary: "connection parameters that the pooler refuses or drops",
		Kinds:   kinds{session.StartupParameter}},
	{ID: "connect-set",
		Summary: "library options that turn into SET on every connection",
		Kinds:   kinds{session.ConnectSet}},
	{ID: "listener",
		Summary: "library listeners on a pooled connection",
		Kinds:   kinds{session.Listener}},
	{ID: "migration-lock",
		Summary: "migration libraries that take a session lock through a pooled connection",
		Kinds:   kinds{session.MigrationLock}},
	{ID: "dead-option",
		Summary: "driver and library options that do nothing or break",
		Kinds:   kinds{session.DeadOption}},
}

// Two rules are chosen by where an effect stands, not by its kind.
const (
	hiddenState    = "hidden-state"
	localOutsideTx = "local-outside-tx"
)

type kinds = []session.Kind

// Rules lists every rule, in a stable order.
func Rules() []*Rule { return slices.Clone(rules) }

// LookupRule returns the rule with this ID, or nil.
func LookupRule(id string) *Rule {
	for _, rule := range rules {
		if rule.ID == id {
			return rule
		}
	}
	return nil
}

// ruleOf is the rule that reports e, where it is not known to be outside a
// transaction: that is the caller's knowledge, and localOutsideTx's.
func ruleOf(e session.Effect) *Rule {
	if e.Body != session.Direct {
		return LookupRule(hiddenState)
	}
	for _, rule := range rules {
		if slices.Contains(rule.Kinds, e.Kind) {
			return rule
		}
	}
	return nil
}

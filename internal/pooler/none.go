package pooler

import (
	"github.com/poolvet/poolvet/internal/effect"
)

const (
	pgSet   = "https://www.postgresql.org/docs/current/sql-set.html"
	pgTemp  = "https://www.postgresql.org/docs/current/sql-createtable.html"
	pgLocks = "https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS"
)

// none is a direct connection: only what is wrong without a pooler is wrong.
func none(version) *Pooler {
	return &Pooler{
		Title:     "no pooler",
		About:     "a direct connection to PostgreSQL",
		Reference: "https://www.postgresql.org/docs/current/",
		cells: table([]row{{effect.Kinds(), OK, Documented,
			"without a pooler the session is the client's own until it disconnects", "https://www.postgresql.org/docs/current/"}}, common),
	}
}

// outside says what becomes of an effect that lasts for a transaction where
// there is none. A cursor is not among them: PostgreSQL refuses to declare it.
var outside = table([]row{
	{k{effect.SetLocal, effect.SetLocalRole}, NoEffect, Measured,
		"PostgreSQL only warns that SET LOCAL can only be used in transaction blocks", pgSet},
	{k{effect.SetConfigLocal}, NoEffect, Measured,
		"the value ends with the statement, which is a transaction of its own", pgSet},
	{k{effect.SetTransaction}, NoEffect, Measured,
		"PostgreSQL only warns that SET TRANSACTION can only be used in transaction blocks", "https://www.postgresql.org/docs/current/sql-set-transaction.html"},
	{k{effect.TempOnCommitDrop}, NoEffect, Measured,
		"the table is dropped with the statement that creates it, which is a transaction of its own", pgTemp},
	{k{effect.ExportSnapshot}, NoEffect, Documented,
		"the snapshot can be imported only until its transaction ends, which is the statement's own", "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION"},
	{k{effect.Begin}, Leaks, Measured,
		"the transaction stays open on whichever connection of the pool ran it: what follows may run on others, and other goroutines' statements in it", "https://go.dev/doc/database/execute-transactions"},
	{k{effect.AdvisoryXactLock}, NoEffect, Documented,
		"the lock is released with the statement that takes it, which is a transaction of its own", pgLocks},
})

// OutsideTransaction says what becomes of an effect of this kind that is known
// to run on a pool outside a transaction, whatever the pooler and with none:
// NoEffect for those that end with one, Leaks for what begins one on whichever
// connection it meets, OK (as far as this goes) for all others.
func OutsideTransaction(kind effect.Kind) Verdict {
	if v, ok := outside[kind]; ok {
		return v
	}
	return Verdict{Outcome: OK, Evidence: Documented, Why: "it needs no transaction", Reference: pgSet}
}

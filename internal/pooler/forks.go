package pooler

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
)

// Poolers that come with a distribution of PostgreSQL.

const (
	ybDocs        = "https://docs.yugabyte.com/stable/additional-features/connection-manager-ysql/"
	ybPractices   = "https://docs.yugabyte.com/stable/additional-features/connection-manager-ysql/ycm-best-practices"
	pgdConnection = "https://www.enterprisedb.com/docs/pgd/latest/connection-manager/connection-pooling/"
	pgdDeveloper  = "https://www.enterprisedb.com/docs/pgd/latest/connection-pooling-developer/"
	multigresBlog = "https://multigres.com/blog/pooling-without-choosing-a-mode"
)

// yugabyte is YSQL's connection manager, a fork of Odyssey that keeps what a
// client sets, and its connection where it cannot.
func yugabyte(version) *Pooler {
	return &Pooler{
		Title:     "YugabyteDB's connection manager",
		About:     "YSQL Connection Manager of YugabyteDB with its default settings; its documentation was read, and nothing was measured",
		Reference: ybDocs,
		cells:     table(common, ybRows),
	}
}

var ybRows = []row{
	{slices.Concat(setters, resetters), OK, Documented, "the connection manager keeps what a client sets and restores it on each server connection", ybDocs},
	{slices.Concat(prepares, k{effect.TempObject}), Pins, Documented, "it makes the connection sticky: the client keeps the server connection until it leaves", ybDocs},
	{k{effect.CursorHold, effect.Listen, effect.AdvisoryLock, effect.AdvisoryUnlock, effect.SequenceRead, effect.LoadLibrary, effect.Dblink, effect.SetSeed,
		effect.Discard, effect.Deallocate, effect.Unlisten}, Pins, Inferred, "the documentation names other state of the session as what makes the connection sticky, without a list", ybDocs},
	{k{effect.NamedStatement}, OK, Documented, "the connection manager recommends statements of the protocol, which do not make the connection sticky", ybPractices},
	{k{effect.SplitStatement}, OK, Inferred, "no report says that unnamed statements go wrong", ybDocs},
	{k{effect.StartupParameter}, OK, Documented, "the connection manager keeps it as what a client sets", ybDocs},
}

// edbPGD is the Connection Manager of EDB Postgres Distributed, which runs
// DISCARD ALL when a server connection is given back.
func edbPGD(v version) *Pooler {
	return &Pooler{
		Title:     "EDB PGD " + v.String(),
		About:     "the Connection Manager of EDB Postgres Distributed with server_pool_mode transaction (its default is none); its documentation was read, and nothing was measured",
		Reference: pgdConnection,
		cells:     table(common, pgdRows),
	}
}

var pgdRows = []row{
	{slices.Concat(setters, prepares, k{effect.TempObject, effect.AdvisoryLock, effect.CursorHold, effect.Listen}), Lost, Documented,
		"it does not last from one transaction to the next, after which the Connection Manager runs DISCARD ALL", pgdDeveloper},
	{k{effect.SequenceRead}, Lost, Inferred, "the Connection Manager runs DISCARD ALL after every transaction", pgdConnection},
	{slices.Concat(resetters, k{effect.Discard, effect.Deallocate, effect.Unlisten}), OK, Inferred, "pointless, as the Connection Manager runs DISCARD ALL itself", pgdConnection},
	{k{effect.AdvisoryUnlock}, Lost, Inferred, "the lock is released already, so it returns false", pgdConnection},
	{k{effect.LoadLibrary, effect.Dblink, effect.SetSeed}, Leaks, Inferred, "DISCARD ALL does not cover it", pgdConnection},
	{k{effect.NamedStatement, effect.SplitStatement}, Lost, Inferred, "DISCARD ALL drops prepared statements", pgdConnection},
	{k{effect.StartupParameter}, Lost, Inferred, "what is not said to be kept is taken to be lost", pgdConnection},
}

// multigres is young: what is known is what its documentation plans.
func multigres(version) *Pooler {
	return &Pooler{
		Title:     "Multigres",
		About:     "Multigres' pooler, which is young (an alpha in 2026): what its authors write was read, nothing was measured, and much can change",
		Reference: multigresBlog,
		cells:     table(common, multigresRows),
	}
}

var multigresRows = []row{
	{slices.Concat(setters, resetters), OK, Documented, "Multigres keeps what a client sets and restores it on each server connection", multigresBlog},
	{k{effect.TempObject, effect.AdvisoryLock, effect.AdvisoryUnlock, effect.SetSeed}, Pins, Documented, "Multigres reserves the server connection for the client", multigresBlog},
	{slices.Concat(prepares, k{effect.CursorHold, effect.Listen, effect.LoadLibrary, effect.SequenceRead, effect.Dblink, effect.Discard, effect.Deallocate, effect.Unlisten}), Pins, Inferred,
		"it is taken to be as other state of the session, for which Multigres reserves the server connection", multigresBlog},
	{k{effect.NamedStatement}, OK, Documented, "Multigres keeps prepared statements of the server for each client", multigresBlog},
	{k{effect.SplitStatement, effect.StartupParameter}, OK, Inferred, "no report says that it goes wrong", multigresBlog},
}

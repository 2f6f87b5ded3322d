package pooler

import (
	"github.com/poolvet/poolvet/internal/effect"
)

const (
	pgcatSource = "postgresml/pgcat 1.3.0: src/server.rs, README.md"
	pgcatAnon   = "https://github.com/postgresml/pgcat/issues/707"
)

// pgcat watches command tags: after a SET it runs RESET ROLE and RESET ALL,
// after a PREPARE DEALLOCATE ALL, when the server connection is given back.
func pgcat(v version) *Pooler {
	return &Pooler{
		Title:     "PgCat " + v.String(),
		About:     "PgCat in transaction mode with its default settings; its source was read, and nothing was measured",
		Reference: "https://github.com/postgresml/pgcat",
		Offers:    Offers{Statements: "prepared_statements_cache_size"},
		cells:     table(common, pgcatRows, pgcatDrops),
		unseen: table([]row{{k{effect.Set, effect.SetCharacteristics, effect.SetRole, effect.SetSessionAuthorization, effect.Prepare}, Leaks, Documented,
			"PgCat cleans up after the command tags SET and PREPARE, which a body does not have", pgcatSource}}),
		inside: table([]row{{k{effect.Set, effect.SetCharacteristics, effect.SetRole}, Leaks, Documented,
			"PgCat looks for a SET outside transactions only, and cleans up after no other", pgcatSource}}),
		set:      each(fiveTracked, verdict(OK, Documented, "PgCat keeps it for each client", pgcatSource)),
		startup:  lostForNothing.over(each(fiveTracked+" user database", verdict(OK, Documented, "PgCat keeps it for each client", pgcatSource))),
		switches: map[Switch]choice{PreparedStatements: {table(pgcatKeeps), table(pgcatDrops), "prepared_statements_cache_size = 500"}},
	}
}

var pgcatRows = []row{
	{k{effect.Set, effect.SetCharacteristics, effect.SetRole}, Lost, Documented,
		"PgCat runs RESET ROLE and RESET ALL on the server connection after a SET", pgcatSource},
	{k{effect.SetSessionAuthorization, effect.ResetSessionAuthorization}, Leaks, Documented,
		"PgCat cleans up by RESET ROLE and RESET ALL, which keep a session authorization", pgcatSource},
	{k{effect.SetConfig}, Leaks, Documented, "PgCat cleans up after SET, and the command tag of set_config is SELECT", pgcatSource},
	{k{effect.Reset, effect.ResetAll, effect.ResetRole, effect.Discard}, OK, Documented, "pointless, as PgCat resets the server connection itself", pgcatSource},
	{prepares, Lost, Documented, "PgCat runs DEALLOCATE ALL when the connection is given back", pgcatSource},
	{k{effect.Deallocate}, Lost, Documented, "it reaches whichever server connection the client has now", pgcatSource},
	{k{effect.Listen}, Leaks, Documented, "nothing undoes it, and notifications go to whoever has the server connection", pgcatSource},
	{k{effect.Unlisten}, Lost, Inferred, "it reaches whichever server connection the client has now", pgcatSource},
	{k{effect.AdvisoryLock, effect.AdvisoryUnlock}, Leaks, Documented, "PgCat's own text says that session advisory locks are not supported in transaction mode", pgcatSource},
	{k{effect.CursorHold, effect.TempObject, effect.LoadLibrary, effect.SequenceRead, effect.Dblink, effect.SetSeed}, Leaks, Inferred,
		"nothing in PgCat undoes it when the connection is given back", pgcatSource},
	{k{effect.SplitStatement}, Refused, Reported, "PgCat does not keep unnamed statements: 26000 unnamed prepared statement does not exist; with lib/pq it needs binary_parameters=yes", pgcatAnon},
	{k{effect.StartupParameter}, Lost, Documented, "PgCat keeps five startup parameters and ignores the others", pgcatSource},
}

var (
	pgcatKeeps = []row{{k{effect.NamedStatement}, OK, Documented, "PgCat keeps named statements with prepared_statements_cache_size above 0", pgcatSource}}
	pgcatDrops = []row{{k{effect.NamedStatement}, Lost, Documented,
		"prepared_statements_cache_size is 0 by default, and PgCat runs DEALLOCATE ALL when the connection is given back", pgcatSource}}
)

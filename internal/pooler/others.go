package pooler

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
)

const (
	odysseySource   = "yandex/odyssey 1.5.3-rc1: sources/reset.c, sources/pool.c, include/kiwi/var.h, docs/features/pooling.md"
	pgcatSource     = "postgresml/pgcat 1.3.0: src/server.rs, README.md"
	supavisorDocs   = "supabase/supavisor 2.9.7: docs/faq.md, docs/migrating/pgbouncer.md"
	supavisorSource = "supabase/supavisor 2.9.7: lib/supavisor/protocol, lib/supavisor/client_handler"
	pgdogDocs       = "pgdogdev/docs, August 2026: transaction-mode.md"
	pgdogStatements = "pgdogdev/docs, August 2026: prepared-statements.md"
	pgdogListen     = "pgdogdev/docs, August 2026: pub_sub.md"
	pgdogSource     = "pgdogdev/pgdog, August 2026: pgdog/src/frontend/regex_parser.rs, pgdog/src/net/parameter.rs"
)

// The names under which SQL changes the session's parameters and role.
var (
	setters   = k{effect.Set, effect.SetConfig, effect.SetCharacteristics, effect.SetRole, effect.SetSessionAuthorization}
	resetters = k{effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization, effect.Discard}
	prepares  = k{effect.Prepare, effect.Execute}
)

// odyssey runs its reset query after every transaction: nothing leaks that the
// query covers, and everything is lost.
func odyssey(int) *Pooler {
	return &Pooler{
		Title:     "Odyssey",
		About:     "Odyssey in transaction mode with its default settings (pool_discard, pool_reserve_prepared_statement)",
		Reference: "https://github.com/yandex/odyssey",
		cells:     table(common, odysseyRows),
		set:       each(fiveTracked, verdict(OK, Documented, "Odyssey keeps it for each client and sets it on the server connection", odysseySource)),
		startup: each(fiveTracked+" user database search_path statement_timeout lock_timeout role work_mem idle_in_transaction_session_timeout "+
			"default_transaction_isolation default_transaction_read_only default_transaction_deferrable "+
			"log_statement log_duration log_min_messages log_min_error_statement log_min_duration_statement",
			verdict(OK, Documented, "Odyssey keeps it for each client and sets it on the server connection", odysseySource)).over(params{"extra_float_digits": lostForNothing["extra_float_digits"]}),
		keeps: verdict(OK, Documented, "pool_reserve_prepared_statement keeps named statements, and is on by default", odysseySource),
		drops: verdict(Lost, Documented, "without pool_reserve_prepared_statement the reset after each transaction drops it", odysseySource),
	}
}

const fiveTracked = "client_encoding datestyle timezone standard_conforming_strings application_name"

// lostForNothing are parameters that a pooler can drop without loss. Drivers
// send extra_float_digits for servers before PostgreSQL 12, whose default prints
// floats exactly since, and standard_conforming_strings has been on since 9.1.
var lostForNothing = params{
	"extra_float_digits": verdict(OK, Documented,
		"it is dropped, and PostgreSQL 12 and later print floats exactly without it", "https://www.postgresql.org/docs/12/release-12.html"),
	"standard_conforming_strings": verdict(OK, Documented,
		"it is dropped, and is on by default since PostgreSQL 9.1", "https://www.postgresql.org/docs/9.1/release-9-1.html"),
}

func verdict(o Outcome, e Evidence, why, ref string) Verdict {
	return Verdict{Outcome: o, Evidence: e, Why: why, Reference: ref}
}

var odysseyRows = []row{
	{setters, Lost, Documented, "Odyssey resets the server connection after every transaction", odysseySource},
	{resetters, OK, Documented, "pointless, as Odyssey resets the server connection after every transaction itself", odysseySource},
	{k{effect.Unlisten}, OK, Documented, "pointless, as Odyssey runs UNLISTEN * after every transaction itself", odysseySource},
	{prepares, Lost, Documented, "it is gone or on another server connection after the transaction", odysseySource},
	{k{effect.Deallocate}, Lost, Documented, "it reaches whichever server connection the client has now", odysseySource},
	{k{effect.Listen}, Lost, Documented, "Odyssey runs UNLISTEN * after every transaction", odysseySource},
	{k{effect.CursorHold}, Lost, Documented, "Odyssey runs CLOSE ALL after every transaction", odysseySource},
	{k{effect.TempObject}, Lost, Documented, "Odyssey runs DISCARD TEMP after every transaction", odysseySource},
	{k{effect.AdvisoryLock}, Lost, Documented, "Odyssey runs pg_advisory_unlock_all after every transaction, so the lock is silently released", odysseySource},
	{k{effect.AdvisoryUnlock}, Lost, Documented, "the lock is released already, so it returns false", odysseySource},
	{k{effect.SequenceRead}, Lost, Documented, "Odyssey runs DISCARD SEQUENCES after every transaction", odysseySource},
	{k{effect.LoadLibrary, effect.Dblink, effect.SetSeed}, Leaks, Inferred, "Odyssey's reset query does not cover it", odysseySource},
	{k{effect.NamedStatement}, OK, Documented, "pool_reserve_prepared_statement keeps named statements, and is on by default", odysseySource},
	{k{effect.SplitStatement}, WrongRows, Documented, "Odyssey does not keep unnamed statements, so another client's can take its place between the two round trips", odysseySource},
	{k{effect.StartupParameter}, Lost, Documented, "Odyssey has a fixed list of startup parameters and ignores the others", odysseySource},
}

// pgcat watches command tags: after a SET it runs RESET ALL, after a PREPARE
// DEALLOCATE ALL, when the server connection is given back.
func pgcat(int) *Pooler {
	return &Pooler{
		Title:     "PgCat",
		About:     "PgCat in transaction mode with its default settings",
		Reference: "https://github.com/postgresml/pgcat",
		Offers:    Offers{Statements: "prepared_statements_cache_size"},
		cells:     table(common, pgcatRows),
		unseen: table([]row{{k{effect.Set, effect.SetCharacteristics, effect.SetRole, effect.SetSessionAuthorization, effect.Prepare}, Leaks, Documented,
			"PgCat cleans up after the command tags SET and PREPARE, which a body does not have", pgcatSource}}),
		set:     each(fiveTracked, verdict(OK, Documented, "PgCat keeps it for each client", pgcatSource)),
		startup: lostForNothing.over(each(fiveTracked+" user database", verdict(OK, Documented, "PgCat keeps it for each client", pgcatSource))),
		keeps:   verdict(OK, Documented, "PgCat keeps named statements with prepared_statements_cache_size above 0", pgcatSource),
		drops:   verdict(Lost, Documented, "prepared_statements_cache_size is 0 by default, and PgCat runs DEALLOCATE ALL when the connection is given back", pgcatSource),
	}
}

var pgcatRows = []row{
	{k{effect.Set, effect.SetCharacteristics, effect.SetRole, effect.SetSessionAuthorization}, Lost, Documented,
		"PgCat resets the server connection after a SET; one inside a transaction it does not notice, and that leaks", pgcatSource},
	{k{effect.SetConfig}, Leaks, Documented, "PgCat cleans up after SET, and the command tag of set_config is SELECT", pgcatSource},
	{resetters, OK, Documented, "pointless, as PgCat resets the server connection itself", pgcatSource},
	{prepares, Lost, Documented, "PgCat runs DEALLOCATE ALL when the connection is given back", pgcatSource},
	{k{effect.Deallocate}, Lost, Documented, "it reaches whichever server connection the client has now", pgcatSource},
	{k{effect.Listen}, Leaks, Documented, "nothing undoes it, and notifications go to whoever has the server connection", pgcatSource},
	{k{effect.Unlisten}, Lost, Inferred, "it reaches whichever server connection the client has now", pgcatSource},
	{k{effect.AdvisoryLock, effect.AdvisoryUnlock}, Leaks, Documented, "PgCat's own text says that session advisory locks are not supported in transaction mode", pgcatSource},
	{k{effect.CursorHold, effect.TempObject, effect.LoadLibrary, effect.SequenceRead, effect.Dblink, effect.SetSeed}, Leaks, Inferred,
		"nothing in PgCat undoes it when the connection is given back", pgcatSource},
	{k{effect.NamedStatement}, Lost, Documented, "prepared_statements_cache_size is 0 by default, and PgCat runs DEALLOCATE ALL when the connection is given back", pgcatSource},
	{k{effect.SplitStatement}, WrongRows, Reported, "PgCat does not keep unnamed statements; with lib/pq it needs binary_parameters=yes", "https://github.com/postgresml/pgcat/issues/707"},
	{k{effect.StartupParameter}, Lost, Documented, "PgCat keeps five startup parameters and ignores the others", pgcatSource},
}

// supavisor neither tracks nor resets: as PgBouncer, and without its list of
// tracked parameters.
func supavisor(int) *Pooler {
	keeps := verdict(OK, Documented, "Supavisor's feature flag named_prepared_statements keeps them", supavisorDocs)
	drops := verdict(Leaks, Documented, "Supavisor's feature flag named_prepared_statements is off by default: 42P05 already exists, or 26000 does not exist", supavisorDocs)
	return &Pooler{
		Title:     "Supavisor",
		About:     "Supavisor in transaction mode (Supabase: port 6543)",
		Reference: "https://github.com/supabase/supavisor",
		cells:     table(common, supavisorRows),
		startup: each("user database application_name client_encoding search_path options:search_path options:log_level options:jit",
			verdict(OK, Documented, "Supavisor reads it", supavisorSource)).over(lostForNothing),
		options: true,
		keeps:   keeps,
		drops:   drops,
	}
}

var supavisorRows = []row{
	{setters, Leaks, Documented, "Supavisor tracks no parameter and resets none, so the next client has the value", supavisorDocs},
	{slices.Concat(resetters, k{effect.Deallocate, effect.Unlisten}), Lost, Documented, "it reaches whichever server connection the client has now", supavisorDocs},
	{prepares, Leaks, Documented, "the statement stays on one server connection; with named_prepared_statements on, SQL PREPARE is refused", supavisorDocs},
	{k{effect.Listen}, Leaks, Documented, "the server connection listens, and this client hears nothing; Supavisor's transaction mode has PgBouncer's limits", supavisorDocs},
	{k{effect.AdvisoryLock, effect.AdvisoryUnlock, effect.CursorHold, effect.TempObject, effect.LoadLibrary}, Leaks, Documented,
		"Supavisor's transaction mode has PgBouncer's limits, and nothing undoes it", supavisorDocs},
	{k{effect.SequenceRead, effect.Dblink, effect.SetSeed}, Leaks, Inferred, "nothing in Supavisor undoes it", supavisorSource},
	{k{effect.NamedStatement}, Leaks, Documented, "Supavisor's feature flag named_prepared_statements is off by default: 42P05 already exists, or 26000 does not exist", supavisorDocs},
	{k{effect.SplitStatement}, WrongRows, Documented, "Supavisor does not keep unnamed statements, so another client's can take its place between the two round trips", supavisorSource},
	{k{effect.StartupParameter}, Lost, Documented, "Supavisor reads a few startup parameters and silently drops the others", supavisorSource},
}

// pgdog reads statements and replays what a client has SET.
func pgdog(int) *Pooler {
	return &Pooler{
		Title:     "PgDog",
		About:     "PgDog in transaction mode with its default settings (query_parser auto, one database)",
		Reference: "https://github.com/pgdogdev/pgdog",
		cells:     table(common, pgdogRows),
		unseen: table([]row{{k{effect.Set, effect.SetConfig, effect.SetCharacteristics, effect.SetRole, effect.SetSessionAuthorization}, Leaks, Inferred,
			"PgDog replays the SET statements that it reads, and does not read bodies", pgdogSource}}),
		startup: params{},
		options: true,
		keeps:   verdict(OK, Documented, "PgDog keeps named statements by default", pgdogStatements),
		drops:   verdict(Leaks, Documented, "with prepared_statements disabled the statement stays on one server connection", pgdogStatements),
	}
}

var pgdogRows = []row{
	{k{effect.Set, effect.SetCharacteristics, effect.SetRole}, OK, Documented, "PgDog reads SET and replays it on each server connection", pgdogDocs},
	{k{effect.SetConfig}, Leaks, Documented, "PgDog reads set_config only with its query parser on, which it is not by default for one database", pgdogSource},
	{k{effect.SetSessionAuthorization}, Leaks, Documented, "session_authorization is in PgDog's list of parameters that it does not track", pgdogSource},
	{k{effect.Reset, effect.ResetAll, effect.ResetRole}, OK, Documented, "PgDog reads RESET as it reads SET", pgdogSource},
	{k{effect.ResetSessionAuthorization}, Lost, Documented, "session_authorization is in PgDog's list of parameters that it does not track", pgdogSource},
	{k{effect.Discard}, Lost, Documented, "PgDog acknowledges DISCARD and does not run it", pgdogSource},
	{prepares, Leaks, Documented, `the statement stays on one server connection unless prepared_statements is "full"`, pgdogDocs},
	{k{effect.Deallocate}, Lost, Documented, `it reaches whichever server connection the client has now unless prepared_statements is "full"`, pgdogDocs},
	{k{effect.Listen}, Leaks, Documented, "PgDog's own LISTEN needs pub_sub_channel_size, which is off by default", pgdogListen},
	{k{effect.Unlisten}, Lost, Documented, "PgDog's own LISTEN needs pub_sub_channel_size, which is off by default", pgdogListen},
	{k{effect.AdvisoryLock, effect.AdvisoryUnlock}, Leaks, Reported,
		"the lock is lost on another server connection, unless query_parser makes PgDog pin for it", "https://github.com/jackc/tern/issues/146"},
	{k{effect.CursorHold, effect.TempObject, effect.LoadLibrary, effect.SequenceRead, effect.Dblink, effect.SetSeed}, Leaks, Inferred,
		"PgDog does not undo it, and pins only when asked to (SET pgdog.pin TO true)", pgdogDocs},
	{k{effect.NamedStatement}, OK, Documented, "PgDog keeps named statements by default", pgdogStatements},
	{k{effect.SplitStatement}, WrongRows, Documented, "PgDog sends unnamed statements as they are unless prepared_statements is extended_anonymous", pgdogStatements},
	{k{effect.StartupParameter}, OK, Documented, "PgDog tracks every startup parameter, options=-c included", pgdogSource},
}

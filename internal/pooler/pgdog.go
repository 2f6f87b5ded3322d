package pooler

import (
	"github.com/poolvet/poolvet/internal/effect"
)

const (
	pgdogDocs       = "pgdogdev/docs, August 2026: transaction-mode.md"
	pgdogStatements = "pgdogdev/docs, August 2026: prepared-statements.md"
	pgdogListen     = "pgdogdev/docs, August 2026: pub_sub.md"
	pgdogSource     = "pgdogdev/pgdog, August 2026: pgdog/src/frontend/regex_parser.rs, pgdog/src/frontend/router/parser/query/set.rs, pgdog/src/net/parameter.rs"
	pgdogRefuses    = "pgdogdev/pgdog, commit a0576e97: from 0.1.45 on LISTEN and NOTIFY are refused while pub/sub is off"
	pgdogLocks      = "https://github.com/jackc/tern/issues/146"
	pgdogMulti      = "pgdogdev/pgdog: try_multi_set and check_multi_statement of pgdog/src/frontend/router/parser/query"
	pgdogRole       = "https://github.com/pgdogdev/pgdog/issues/1341"
)

// pgdog reads statements and replays what a client has SET.
func pgdog(v version) *Pooler {
	p := &Pooler{
		Title:     "PgDog",
		About:     "PgDog from 0.1.45 on in transaction mode with its default settings (query_parser auto, one database); its source was read, and nothing was measured",
		Reference: "https://github.com/pgdogdev/pgdog",
		cells:     table(common, pgdogRows),
		unseen: table([]row{{setters, Leaks, Inferred,
			"PgDog replays the SET statements that it reads, and does not read bodies", pgdogSource},
			{k{effect.Listen}, Leaks, Inferred, "PgDog does not read bodies, so that the server connection listens", pgdogSource},
			{k{effect.Notify}, OK, Inferred, "PgDog does not read bodies, and PostgreSQL sends it", pgdogSource}}),
		mixed: table([]row{{k{effect.Set, effect.SetLocal, effect.SetRole, effect.SetLocalRole, effect.Reset, effect.ResetAll, effect.ResetRole}, Refused, Documented,
			"PgDog answers that multi-statement queries cannot mix SET with other commands, or that they cannot be safely executed; one other statement it sends by itself", pgdogMulti}}),
		inside: table([]row{{k{effect.SetSessionAuthorization}, Leaks, Documented,
			"PgDog forwards it within a transaction, and does not track session_authorization", pgdogSource}}),
		set:     each("client_encoding", verdict(Lost, Documented, "client_encoding is in PgDog's list of parameters that it does not track", pgdogSource)),
		startup: params{},
		options: true,
		switches: map[Switch]choice{
			PreparedStatements: {
				table([]row{{k{effect.NamedStatement}, OK, Documented, "PgDog keeps named statements by default", pgdogStatements}}),
				table([]row{{k{effect.NamedStatement}, Leaks, Documented, "with prepared_statements disabled the statement stays on one server connection", pgdogStatements}}),
				`prepared_statements = "extended"`,
			},
			QueryParser: {on: table(pgdogParses), setting: `query_parser = "on"`},
			PubSub:      {on: table(pgdogPublishes), setting: "pub_sub_channel_size above 0"},
		},
	}
	if !v.since(0, 1, 45) {
		p.Title = "PgDog before 0.1.45"
		p.About = "PgDog before 0.1.45 in transaction mode with its default settings (query_parser auto, one database); its source was read, and nothing was measured"
		for _, kind := range []effect.Kind{effect.Listen, effect.Listener} {
			p.cells[kind] = verdict(Leaks, Documented, "PgDog's own LISTEN needs pub_sub_channel_size, which is off by default", pgdogListen)
		}
		p.cells[effect.Notify] = table(common)[effect.Notify]
	}
	return p
}

var pgdogRows = []row{
	{k{effect.Set, effect.SetRole}, OK, Documented, "PgDog reads SET and replays it on each server connection", pgdogDocs},
	{k{effect.SetCharacteristics}, Leaks, Documented, "PgDog forwards SET SESSION CHARACTERISTICS and does not track it", pgdogSource},
	{k{effect.SetConfig}, Leaks, Documented, "PgDog reads set_config only with its query parser on, which it is not by default for one database", pgdogSource},
	{k{effect.SetSessionAuthorization, effect.ResetSessionAuthorization}, Lost, Documented, "session_authorization is in PgDog's list of parameters that it does not track", pgdogSource},
	{k{effect.Reset, effect.ResetAll, effect.ResetRole}, OK, Documented, "PgDog reads RESET as it reads SET", pgdogSource},
	{k{effect.Discard}, Lost, Documented, "PgDog forwards DISCARD to whichever server connection the client has now", pgdogSource},
	{prepares, Leaks, Documented, `the statement stays on one server connection unless prepared_statements is "full"`, pgdogDocs},
	{k{effect.Deallocate}, Lost, Documented, `it reaches whichever server connection the client has now unless prepared_statements is "full"`, pgdogDocs},
	{k{effect.Listen}, Refused, Documented, "PgDog disconnects a client that sends LISTEN while pub_sub_channel_size is 0, its default", pgdogRefuses},
	{k{effect.Notify}, Refused, Documented, "PgDog disconnects a client that sends NOTIFY while pub_sub_channel_size is 0, its default; pg_notify is let through", pgdogRefuses},
	{k{effect.Unlisten}, Lost, Documented, "PgDog's own LISTEN needs pub_sub_channel_size, which is off by default", pgdogListen},
	{k{effect.AdvisoryLock, effect.AdvisoryUnlock}, Leaks, Reported,
		"the lock is lost on another server connection, unless query_parser makes PgDog pin for it", pgdogLocks},
	{k{effect.CursorHold, effect.TempObject, effect.LoadLibrary, effect.SequenceRead, effect.Dblink, effect.SetSeed}, Leaks, Inferred,
		"PgDog does not undo it, and pins only when asked to (SET pgdog.pin TO true)", pgdogDocs},
	{k{effect.NamedStatement}, OK, Documented, "PgDog keeps named statements by default", pgdogStatements},
	{k{effect.SplitStatement}, WrongRows, Documented, "PgDog sends unnamed statements as they are unless prepared_statements is extended_anonymous", pgdogStatements},
	{k{effect.StartupParameter}, OK, Documented, "PgDog tracks every startup parameter, options=-c included", pgdogSource},
}

var (
	pgdogParses = []row{
		{k{effect.SetConfig}, OK, Documented, "with its query parser on, PgDog reads set_config and replays it on each server connection", pgdogSource},
		{k{effect.AdvisoryLock, effect.AdvisoryUnlock}, Pins, Documented, "with its query parser on, PgDog keeps the server connection for a client that holds a session lock; a SET ROLE meanwhile is left to the next client", pgdogDocs + "; " + pgdogRole},
		{k{effect.Discard}, Lost, Documented, "with its query parser on, PgDog acknowledges DISCARD and does not run it", pgdogSource},
	}
	pgdogPublishes = []row{
		{k{effect.Listen, effect.Unlisten, effect.Notify}, OK, Documented, "with pub_sub_channel_size above 0 PgDog listens for its clients itself", pgdogListen},
	}
)

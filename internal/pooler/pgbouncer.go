package pooler

import (
	"fmt"

	"github.com/poolvet/poolvet/internal/effect"
)

const (
	pgbFeatures = "https://www.pgbouncer.org/features.html"
	pgbConfig   = "https://www.pgbouncer.org/config.html"
	pgbNews     = "https://www.pgbouncer.org/changelog.html"
	pgbSplit    = "https://github.com/pgbouncer/pgbouncer/issues/1288"
)

// measured are the releases that ran in conformance/, by minor version.
var measured = map[int]string{18: "1.18.0", 24: "1.24.1", 26: "1.26.1"}

// lab says on which servers a verdict on PgBouncer 1.minor was measured: on
// that version, or between which versions it stands.
func lab(minor int) string {
	if v := measured[minor]; v != "" {
		return "measured with PgBouncer " + v + "; " + pgbFeatures
	}
	before, after := minor, minor
	for measured[before] == "" {
		before--
	}
	for measured[after] == "" {
		after++
	}
	return "measured with PgBouncer " + measured[before] + " and " + measured[after] + ", between which it stands; " + pgbFeatures
}

// PgBouncer's versions are 1.oldest to 1.newest. What changed between them:
//
//	1.20  track_extra_parameters, IntervalStyle by default; reads options=-c
//	1.21  keeps named prepared statements if max_prepared_statements is set
//	1.22  an empty application_name no longer keeps another client's
//	1.23  accepts replication at startup
//	1.24  max_prepared_statements is 200 by default
//	1.26  tracks every parameter that PostgreSQL reports and a client can set
const oldest, newest = 18, 26

var pgbouncerReleases = func() (all []version) {
	for minor := oldest; minor <= newest; minor++ {
		all = append(all, version{1, minor})
	}
	return all
}()

// trackedSince is the first minor version that restores a client's value of
// the parameter on whichever server connection it is lent.
var trackedSince = map[string]int{
	"client_encoding": oldest, "datestyle": oldest, "timezone": oldest, "standard_conforming_strings": oldest,
	"intervalstyle": 20, "application_name": 22,
	"default_transaction_read_only": 26, "scram_iterations": 26, "session_authorization": 26,
}

// pgbouncer is PgBouncer 1.minor in transaction mode with default settings.
func pgbouncer(v version) *Pooler {
	minor := v[1]
	p := &Pooler{
		Title:     fmt.Sprintf("PgBouncer 1.%d", minor),
		About:     "PgBouncer in transaction mode with its default settings",
		Reference: pgbFeatures,
		cells:     table(common, pgbouncerRows(lab(minor)), pgbDrops(minor)),
		set:       pgbouncerSet(minor),
		startup:   pgbouncerStartup(minor),
		options:   minor >= 20,
		ignored: verdict(Lost, Documented,
			"ignore_startup_parameters makes PgBouncer accept it, and it never reaches PostgreSQL", pgbConfig),
	}
	if minor >= 20 {
		p.tracks, p.unreported = true, pgbUnreported
	}
	if 20 <= minor && minor < 26 {
		p.replaced = []string{"intervalstyle"}
	}
	if minor >= 26 {
		p.unreported = verdict(OK, Documented, "PgBouncer 1.26 keeps the startup value of a parameter that track_extra_parameters names", pgbNews)
	}
	if minor >= 21 {
		p.Offers.Statements = "max_prepared_statements"
		p.switches = map[Switch]choice{PreparedStatements: {table(pgbKeeps(minor)), table(pgbDrops(minor)), "max_prepared_statements=200"}}
	}
	return p.turned(PreparedStatements, minor >= 24)
}

// pgbouncerStatement is PgBouncer in statement mode: transaction mode without
// transactions of more than one message.
func pgbouncerStatement(v version) *Pooler {
	p := pgbouncer(v)
	p.Title += " in statement mode"
	p.About = "PgBouncer in statement mode with its other settings at their defaults"
	p.whole = table(common)
	p.cells = table(common, pgbouncerRows(lab(v[1])), pgbDrops(v[1]), []row{{transactional, Refused, Measured,
		"the BEGIN that it needs fails with transaction blocks not allowed in statement pooling mode, and the client is disconnected",
		lab(v[1])}})
	return p.turned(PreparedStatements, v.since(1, 24))
}

// pgbouncerRows are the same in all versions; lab says on which they were measured.
func pgbouncerRows(lab string) []row {
	return []row{
		{k{effect.Set, effect.SetCharacteristics}, Leaks, Measured,
			"the value stays on the server connection for the client that is lent it next", lab},
		{k{effect.SetConfig}, Leaks, Measured,
			"a set_config for the session stays on the server connection, so the next client reads this one's value", lab},
		{k{effect.SetConfigLocal}, OK, Measured,
			"it ends with the transaction; a custom parameter reads '' there afterwards, not NULL", lab},
		{k{effect.SetRole, effect.SetSessionAuthorization}, Leaks, Measured,
			"the next client runs its statements as this role", lab},
		{k{effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization}, Lost, Documented,
			"it resets whichever server connection the client has now, not the one where the value was set", pgbFeatures},
		{k{effect.Discard}, Lost, Documented,
			"it discards the state of whichever server connection the client has now, and its clients must have none there", pgbConfig},
		{k{effect.Prepare}, Leaks, Measured,
			"the statement stays on one server connection: others meet 42P05 already exists, this client 26000 does not exist", lab},
		{k{effect.Execute}, Leaks, Measured,
			"the statement is on one server connection: elsewhere 26000 does not exist, or another client's statement of that name", lab},
		{k{effect.Deallocate}, Lost, Documented,
			"it reaches whichever server connection the client has now, not the one with the statement", pgbFeatures},
		{k{effect.EvictStatement}, Lost, Measured,
			"once more texts are prepared than the cache holds, 512 by default, DEALLOCATE of the oldest fails with 26000 does not exist, and the query with it", lab},
		{k{effect.Listen}, Leaks, Measured,
			"the server connection listens for nobody and this client hears nothing: 0 of 20 notifications arrived, without an error", lab},
		{k{effect.Unlisten}, Lost, Documented,
			"it reaches whichever server connection the client has now, not the one that listens", pgbFeatures},
		{k{effect.Cursor}, OK, Measured,
			"a cursor without hold ends with its transaction", lab},
		{k{effect.CursorHold}, Leaks, Measured,
			"others can fetch from the cursor, and this client meets 34000 cursor does not exist", lab},
		{k{effect.TempObject}, Leaks, Measured,
			"others can read it or meet 42P07 already exists, this client meets 42P01 does not exist", lab},
		{k{effect.TempSlot}, Leaks, Measured,
			"the slot stays with its server connection: elsewhere this client meets 55006 active for another PID, and the slot outlives it", lab},
		{k{effect.TempOnCommitDrop}, OK, Measured,
			"it is dropped with its transaction", lab},
		{k{effect.LoadLibrary}, Leaks, Measured,
			"the library stays loaded for others and is missing where this client goes next", lab},
		{k{effect.AdvisoryLock}, Leaks, Measured,
			"the next client on that connection holds the lock too and can release it, so it excludes nobody; this client cannot release it elsewhere", lab},
		{k{effect.AdvisoryUnlock}, Leaks, Measured,
			"it releases another client's lock, or returns false and leaves this one's behind", lab},
		{k{effect.AdvisoryXactLock}, OK, Measured,
			"it is released with its transaction", lab},
		{k{effect.SequenceRead}, Leaks, Measured,
			"it returns another client's value, or fails with 55000 not yet defined", lab},
		{k{effect.Dblink}, Leaks, Measured,
			"others can use the named connection, and this client meets 08001", lab},
		{k{effect.SetSeed}, Leaks, Measured,
			"the next client's random() follows this seed", lab},
		{k{effect.SplitStatement}, WrongRows, Measured,
			"another client's statement can take the unnamed one's place between the two round trips: of 600 queries with lib/pq over 100 returned wrong rows and over 100 panicked", lab + "; " + pgbSplit},
		{k{effect.StartupParameter}, Refused, Measured,
			"the connection fails with 08P01 unsupported startup parameter", lab},
	}
}

func pgbTracked(minor int) Verdict {
	return verdict(OK, Measured, "PgBouncer tracks the parameter and restores it for each client", lab(minor))
}

func pgbKeeps(minor int) []row {
	return []row{{k{effect.NamedStatement}, OK, Measured,
		"PgBouncer prepares the statement where it is needed, as max_prepared_statements is above 0", lab(minor) + "; " + pgbConfig}}
}

func pgbDrops(minor int) []row {
	return []row{{k{effect.NamedStatement}, Leaks, Measured,
		"the statement is on one server connection: elsewhere 26000 does not exist, or 42P05 already exists; 526 of 600 queries failed with pgx", lab(minor) + "; " + pgbConfig}}
}

var pgbUnreported = verdict(Lost, Measured,
	"PostgreSQL does not report this parameter, so track_extra_parameters accepts the value and silently drops it before 1.26",
	"measured by hand in November 2026 with PgBouncer 1.25.2 and PostgreSQL 15.18; "+pgbNews)

// pgbUnseen is what becomes of a SET of a parameter that PgBouncer 1.26 tracks
// where PostgreSQL reports it, before PostgreSQL does.
var pgbUnseen = verdict(Leaks, Measured,
	"PgBouncer 1.26 tracks it only where PostgreSQL reports it, search_path from 18 on; before that it stays for the next client", lab(26))

// pgbouncerSet are the parameters whose SET does not leak.
func pgbouncerSet(minor int) params {
	p := params{}
	for name, since := range trackedSince {
		if minor >= since {
			p[name] = pgbTracked(minor)
		}
	}
	if minor < trackedSince["application_name"] {
		p["application_name"] = verdict(Leaks, Measured, "before 1.22 it shows up in clients that set none themselves", lab(minor)+"; "+pgbNews)
	}
	if minor >= 26 {
		p["search_path"] = pgbTracked(minor).fromPostgres(18, &pgbUnseen)
	}
	return p
}

// pgbouncerStartup are the startup parameters that are not refused.
func pgbouncerStartup(minor int) params {
	p := each("user database application_name", pgbTracked(minor))
	for name, since := range trackedSince {
		if minor >= since {
			p[name] = pgbTracked(minor)
		}
	}
	if minor < trackedSince["application_name"] {
		p["application_name"] = verdict(OK, Measured, "the client keeps its value; before 1.22 it also shows up in clients that set none themselves", lab(minor))
	}
	if minor < 20 {
		p["options"] = verdict(Refused, Measured, "before 1.20 the connection fails with 08P01 unsupported startup parameter: options", lab(minor))
	} else {
		p["options"] = verdict(Refused, Inferred,
			"the connection fails with 08P01 unsupported startup parameter in options, unless all that is set there is tracked", lab(minor))
	}
	if minor >= 23 {
		p["replication"] = verdict(OK, Measured, "PgBouncer 1.23 and later take replication connections, each of which holds a server connection of the pool until it leaves", lab(minor)+"; "+pgbNews)
	}
	if minor >= 26 {
		p["search_path"] = verdict(OK, Measured, "PgBouncer 1.26 keeps the client's startup value on every server connection, whether PostgreSQL reports it or not", lab(26))
		p["scram_iterations"] = pgbTracked(minor).fromPostgres(16, &pgbNoSuch)
	}
	return p
}

// pgbNoSuch is of a parameter that PgBouncer accepts before PostgreSQL has it.
var pgbNoSuch = verdict(Refused, Measured,
	"PgBouncer 1.26 accepts it, and the first query fails on a PostgreSQL that does not have it", lab(26))

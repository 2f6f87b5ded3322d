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
	lab         = "measured with PostgreSQL 15.18 and PgBouncer 1.18.0 and 1.25.2; " + pgbFeatures
)

// PgBouncer's versions are 1.oldest to 1.newest. What changed between them:
//
//	1.20  track_extra_parameters, IntervalStyle by default; reads options=-c
//	1.21  keeps named prepared statements if max_prepared_statements is set
//	1.22  an empty application_name no longer keeps another client's
//	1.23  accepts replication at startup
//	1.24  max_prepared_statements is 200 by default
//	1.26  tracks every parameter that PostgreSQL reports and a client can set
const oldest, newest = 18, 26

// trackedSince is the first minor version that restores a client's value of
// the parameter on whichever server connection it is lent.
var trackedSince = map[string]int{
	"client_encoding": oldest, "datestyle": oldest, "timezone": oldest, "standard_conforming_strings": oldest,
	"intervalstyle": 20, "application_name": 22,
	"default_transaction_read_only": 26, "scram_iterations": 26, "session_authorization": 26,
}

// pgbouncer is PgBouncer 1.minor in transaction mode with default settings.
func pgbouncer(minor int) *Pooler {
	p := &Pooler{
		Version:    fmt.Sprintf("1.%d", minor),
		Title:      fmt.Sprintf("PgBouncer 1.%d", minor),
		About:      "PgBouncer in transaction mode with its default settings, before a PostgreSQL older than 18",
		Reference:  pgbFeatures,
		cells:      table(common, pgbouncerRows),
		set:        pgbouncerSet(minor),
		startup:    pgbouncerStartup(minor),
		options:    minor >= 20,
		keeps:      pgbKeeps,
		drops:      pgbDrops,
		unreported: pgbUnreported,
	}
	if minor < 20 {
		p.unreported = Verdict{} // nor can it be told to track more
	}
	if minor >= 26 {
		p.unreported = Verdict{Outcome: OK, Evidence: Documented,
			Why: "PgBouncer 1.26 keeps the startup value of a parameter that track_extra_parameters names", Reference: pgbNews}
	}
	if minor >= 21 {
		p.Offers.Statements = "max_prepared_statements"
	}
	return p.preparing(minor >= 24)
}

// pgbouncerStatement is PgBouncer in statement mode: transaction mode without
// transactions of more than one message.
func pgbouncerStatement(minor int) *Pooler {
	p := pgbouncer(minor)
	p.Title += " in statement mode"
	p.About = "PgBouncer in statement mode with its other settings at their defaults"
	p.whole = table(common)
	p.cells = table(common, pgbouncerRows, []row{{transactional, Refused, Measured,
		"the BEGIN that it needs fails with transaction blocks not allowed in statement pooling mode, and the client is disconnected",
		lab}})
	return p.preparing(minor >= 24)
}

func (p *Pooler) preparing(keeps bool) *Pooler {
	p.cells[effect.NamedStatement] = p.drops
	if keeps {
		p.cells[effect.NamedStatement] = p.keeps
	}
	return p
}

var pgbouncerRows = []row{
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

var (
	pgbTracked = Verdict{Outcome: OK, Evidence: Measured,
		Why: "PgBouncer tracks the parameter and restores it for each client", Reference: lab}
	pgbTracked26 = Verdict{Outcome: OK, Evidence: Documented,
		Why: "PgBouncer 1.26 tracks every parameter that PostgreSQL reports and a client can set", Reference: pgbFeatures}
	pgbKeeps = Verdict{Outcome: OK, Evidence: Measured,
		Why: "PgBouncer prepares the statement where it is needed, as max_prepared_statements is above 0", Reference: lab + "; " + pgbConfig}
	pgbDrops = Verdict{Outcome: Leaks, Evidence: Measured,
		Why:       "the statement is on one server connection: elsewhere 26000 does not exist, or 42P05 already exists; 526 of 600 queries failed with pgx",
		Reference: lab + "; " + pgbConfig}
	pgbUnreported = Verdict{Outcome: Lost, Evidence: Measured,
		Why:       "PostgreSQL does not report this parameter, so track_extra_parameters accepts the value and silently drops it before 1.26",
		Reference: "measured with PostgreSQL 15.18 and PgBouncer 1.25.2; " + pgbNews}
)

// pgbSearchPath holds at startup as for SET: a profile has one answer, and it
// is that of the PostgreSQL that most servers run.
var pgbSearchPath = Verdict{Outcome: Leaks, Evidence: Documented,
	Why:       "PgBouncer 1.26 accepts search_path, but tracks it only where PostgreSQL reports it, from 18; before that it stays for the next client",
	Reference: pgbFeatures}

// pgbouncerSet are the parameters whose SET does not leak.
func pgbouncerSet(minor int) params {
	p := params{}
	for name, since := range trackedSince {
		switch {
		case minor < since:
		case since == newest:
			p[name] = pgbTracked26
		default:
			p[name] = pgbTracked
		}
	}
	if minor < trackedSince["application_name"] {
		p["application_name"] = Verdict{Outcome: Leaks, Evidence: Measured,
			Why:       "before 1.22 it shows up in clients that set none themselves",
			Reference: "measured with PostgreSQL 15.18 and PgBouncer 1.18.0 and 1.25.2; " + pgbNews}
	}
	if minor >= 26 {
		p["search_path"] = pgbSearchPath
	}
	return p
}

// pgbouncerStartup are the startup parameters that are not refused.
func pgbouncerStartup(minor int) params {
	p := each("user database application_name", pgbTracked)
	for name, since := range trackedSince {
		if minor >= since {
			p[name] = pgbTracked
		}
	}
	if minor < trackedSince["application_name"] {
		p["application_name"] = Verdict{Outcome: OK, Evidence: Measured,
			Why: "the client keeps its value; before 1.22 it also shows up in clients that set none themselves", Reference: lab}
	}
	if minor < 20 {
		p["options"] = Verdict{Outcome: Refused, Evidence: Measured,
			Why: "before 1.20 the connection fails with 08P01 unsupported startup parameter: options", Reference: lab}
	} else {
		p["options"] = Verdict{Outcome: Refused, Evidence: Inferred,
			Why: "the connection fails with 08P01 unsupported startup parameter in options, unless all that is set there is tracked", Reference: lab}
	}
	if minor >= 23 {
		p["replication"] = Verdict{Outcome: OK, Evidence: Measured,
			Why:       "PgBouncer 1.23 and later take replication connections",
			Reference: "measured with PostgreSQL 15.18 and PgBouncer 1.18.0, 1.22.1, 1.23.1 and 1.25.2; " + pgbNews}
	}
	if minor >= 26 {
		p["search_path"] = pgbSearchPath
	}
	return p
}

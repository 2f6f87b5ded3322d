package conformance

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
)

func direct(t *testing.T, pg *server.Postgres) *wire.Client {
	t.Helper()
	c, err := wire.Connect(pg.Addr, login())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// scripts are all of them, in the order of the kinds.
func scripts(pg *server.Postgres) []script {
	const (
		advisory = "select count(*) > 0 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
		other    = "select current_user = 'other'"
		prepared = "select count(*) > 0 from pg_prepared_statements where name = 's'"
		listens  = "select count(*) > 0 from pg_listening_channels()"
		cursor   = "select count(*) > 0 from pg_cursors where name = 'c'"
		temp     = "select count(*) > 0 from pg_class where relnamespace = pg_my_temp_schema() and relname = 'scratch'"
		timeout  = "select current_setting('statement_timeout') = '7s'"
		tenant   = "select current_setting('app.tenant', true) = 'a'"
		readOnly = "select current_setting('default_transaction_read_only') = 'on'"
	)
	s := []script{
		{kind: effect.Set, text: "SET statement_timeout = '7s'", show: leaves(timeout)},
		{kind: effect.Set, text: "SET search_path = elsewhere", show: leaves(is("search_path", "elsewhere"))},
		{kind: effect.Set, text: "BEGIN; SET statement_timeout = '7s'; COMMIT", show: leaves(timeout)},
		{kind: effect.Set, text: "SET TIME ZONE 'Asia/Tokyo'", show: leaves(is("TimeZone", "Asia/Tokyo"))},
		{kind: effect.Set, text: "SET NAMES 'LATIN1'", show: leaves(is("client_encoding", "LATIN1"))},
		{kind: effect.SetLocal, text: "SET LOCAL statement_timeout = '7s'", show: inTransaction(timeout)},
		{kind: effect.SetLocal, text: "BEGIN; SET LOCAL statement_timeout = '7s'; SELECT 1; COMMIT", show: inOneMessage(timeout)},
		{kind: effect.SetConfig, text: "SELECT set_config('app.tenant', 'a', false)", show: leaves(tenant)},
		{kind: effect.SetConfig, text: "DO $$ BEGIN PERFORM set_config('app.tenant', 'a', false); END $$", show: leaves(tenant)},
		{kind: effect.SetConfigLocal, text: "SELECT set_config('app.tenant', 'a', true)", show: inTransaction(tenant)},
		{kind: effect.SetCharacteristics, text: "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", show: leaves(readOnly)},
		{kind: effect.SetCharacteristics, text: "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE", show: leaves(is("default_transaction_isolation", "serializable"))},
		{kind: effect.SetTransaction, text: "SET TRANSACTION READ ONLY", show: inTransaction("select current_setting('transaction_read_only') = 'on'")},
		{kind: effect.Reset, text: "RESET statement_timeout", show: undoes("SET statement_timeout = '7s'", timeout)},
		{kind: effect.ResetAll, text: "RESET ALL", show: undoes("SET statement_timeout = '7s'", timeout)},
		{kind: effect.SetRole, text: "SET ROLE other", show: leaves(other)},
		{kind: effect.SetLocalRole, text: "SET LOCAL ROLE other", show: inTransaction(other)},
		{kind: effect.ResetRole, text: "RESET ROLE", show: undoes("SET ROLE other", other)},
		{kind: effect.SetSessionAuthorization, text: "SET SESSION AUTHORIZATION other", show: leaves("select session_user = 'other'")},
		{kind: effect.ResetSessionAuthorization, text: "RESET SESSION AUTHORIZATION", show: undoes("SET SESSION AUTHORIZATION other", other)},
		{kind: effect.Discard, text: "DISCARD TEMP", show: undoes("CREATE TEMP TABLE scratch (id int)", temp)},
		{kind: effect.Discard, text: "DISCARD ALL", show: undoes("SET statement_timeout = '7s'", timeout)},
		{kind: effect.Prepare, text: "PREPARE s AS SELECT 1", show: leaves(prepared)},
		{kind: effect.Execute, text: "EXECUTE s", show: executes},
		{kind: effect.Deallocate, text: "DEALLOCATE s", show: undoes("PREPARE s AS SELECT 1", prepared)},
		{kind: effect.Deallocate, text: "DEALLOCATE ALL", show: undoes("PREPARE s AS SELECT 1", prepared)},
		{kind: effect.Listen, text: "LISTEN news", show: hearsNothing(listens)},
		{kind: effect.Unlisten, text: "UNLISTEN *", show: undoes("LISTEN news", listens)},
		{kind: effect.Cursor, text: "DECLARE c CURSOR FOR SELECT 1", show: inTransaction(cursor)},
		{kind: effect.CursorHold, text: "DECLARE c CURSOR WITH HOLD FOR SELECT 1", show: leaves(cursor)},
		{kind: effect.TempObject, text: "CREATE TEMP TABLE scratch (id int)", show: leaves(temp)},
		{kind: effect.TempObject, text: "SELECT 1 AS id INTO TEMP scratch", show: leaves(temp)},
		{kind: effect.TempObject, text: "CREATE TABLE pg_temp.scratch (id int)", show: leaves(temp)},
		{kind: effect.TempObject, text: "CREATE TEMP VIEW scratch AS SELECT 1 AS id", show: leaves(temp)},
		{kind: effect.TempObject, text: "CREATE TEMP SEQUENCE scratch", show: leaves(temp)},
		{kind: effect.TempObject, text: "DO $$ BEGIN CREATE TEMP TABLE scratch (id int); END $$", show: leaves(temp)},
		{kind: effect.TempFunction, text: "CREATE FUNCTION pg_temp.scratch() RETURNS int LANGUAGE sql AS 'SELECT 1'",
			show: leaves("select count(*) > 0 from pg_proc where pronamespace = pg_my_temp_schema() and proname = 'scratch'")},
		{kind: effect.TempOnCommitDrop, text: "CREATE TEMP TABLE scratch (id int) ON COMMIT DROP", show: inTransaction(temp)},
		{kind: effect.LoadLibrary, text: "LOAD 'auto_explain'", show: leaves("select count(*) > 0 from pg_settings where name = 'auto_explain.log_min_duration'")},
		{kind: effect.AdvisoryLock, text: "SELECT pg_advisory_lock(7)", show: excludesNobody(advisory)},
		{kind: effect.AdvisoryLock, text: "SELECT pg_try_advisory_lock(7)", show: excludesNobody(advisory)},
		{kind: effect.AdvisoryUnlock, text: "SELECT pg_advisory_unlock(7)", show: releasesAnothers},
		{kind: effect.AdvisoryXactLock, text: "SELECT pg_advisory_xact_lock(7)", show: inTransaction(advisory)},
		{kind: effect.SequenceChange, text: "SELECT nextval('counter')", show: counts},
		{kind: effect.SequenceRead, text: "SELECT currval('counter')", show: readsAnothers},
		{kind: effect.SequenceRead, text: "SELECT lastval()", show: readsAnothers},
		{kind: effect.LongStatement, text: "SELECT '" + strings.Repeat("x", session.LongLimit) + "'", show: works},
		{kind: effect.Dblink, text: fmt.Sprintf("SELECT dblink_connect('dc', 'host=127.0.0.1 user=postgres dbname=postgres port=%d')", pg.Port),
			show: leaves("select coalesce('dc' = any (dblink_get_connections()), false)")},
		{kind: effect.SetSeed, text: "SELECT setseed(0.5)", show: seedsAnother},
		{kind: effect.TempSlot, text: "SELECT pg_create_physical_replication_slot('s', true, true)",
			show: leaves("select count(*) > 0 from pg_replication_slots where slot_name = 's' and active_pid = pg_backend_pid()")},
		{kind: effect.Begin, text: "BEGIN", show: begins},
		{kind: effect.ExportSnapshot, text: "SELECT pg_export_snapshot()", show: inTransaction("select count(*) > 0 from pg_ls_dir('pg_snapshots')")},
		{kind: effect.Notify, text: "NOTIFY news", show: works},
		{text: "pgdriver with search_path in its DSN", effect: effect.Effect{Kind: effect.ConnectSet, Object: "search_path"}, show: connectSet(is("search_path", "elsewhere"), "search_path=elsewhere")},
		{text: "pgdriver with statement_timeout in its DSN", effect: effect.Effect{Kind: effect.ConnectSet}, show: connectSet(timeout, "statement_timeout=7s")},
		{text: "pq.Listener", effect: effect.Effect{Kind: effect.Listener}, show: listener(listens)},
		{text: "golang-migrate's lock", effect: effect.Effect{Kind: effect.MigrationLock}, show: migrationLock(advisory)},
		{text: "a named statement of the protocol", effect: effect.Effect{Kind: effect.NamedStatement}, show: namedStatement},
		{text: "DEALLOCATE of a named statement of the protocol", effect: effect.Effect{Kind: effect.EvictStatement}, show: evicts},
		{text: "an unnamed statement over two round trips", effect: effect.Effect{Kind: effect.SplitStatement}, show: splitStatement},
	}
	settable := map[string]string{
		"TimeZone": "Asia/Tokyo", "DateStyle": "German, DMY", "client_encoding": "LATIN1", "standard_conforming_strings": "off",
		"IntervalStyle": "iso_8601", "application_name": "mine", "default_transaction_read_only": "on",
	}
	if version, _ := strconv.Atoi(major(pg.Version, 1)); version >= 16 { // before that there is no such parameter
		settable["scram_iterations"] = "5000"
	}
	for name, value := range settable {
		s = append(s, script{kind: effect.Set, text: fmt.Sprintf("SET %s = '%s'", name, value), show: leaves(is(name, value))},
			startup(name, value))
	}
	// extra_float_digits is what drivers send: it may be dropped, as PostgreSQL
	// has that value by default.
	for name, value := range map[string]string{
		"statement_timeout": "7s", "search_path": "elsewhere", "jit": "off", "extra_float_digits": "1", "lock_timeout": "7s", "role": "other",
		"work_mem": "8MB", "idle_in_transaction_session_timeout": "7s", "idle_session_timeout": "1h", "default_transaction_isolation": "serializable",
		"default_transaction_deferrable": "on", "default_toast_compression": "lz4", "default_table_access_method": "heap",
		"check_function_bodies": "off", "log_statement": "none", "log_min_messages": "error", "log_min_error_statement": "fatal",
		"log_min_duration_statement": "1h", "log_duration": "on", "geqo": "off", "bytea_output": "escape", "row_security": "off",
	} {
		s = append(s, startup(name, value))
	}
	return append(s, option("TimeZone", "Asia/Tokyo"), option("statement_timeout", "7s"), option("jit", "off"))
}

func is(name, value string) string {
	return fmt.Sprintf("select current_setting('%s') = '%s'", name, value)
}

// leaves runs a statement and looks for what it left.
func leaves(probe string) func(*bench, string) pooler.Outcome {
	return func(s *bench, text string) pooler.Outcome {
		if s.sees(s.a, probe) {
			s.Fatalf("%s holds before %s", probe, text)
		}
		if _, err := s.a.Query(text); err != nil {
			return s.refused(err)
		}
		return s.left(probe)
	}
}

// inTransaction runs a statement in a transaction, where the probe must show
// what it does, and not to another client after it.
func inTransaction(probe string) func(*bench, string) pooler.Outcome {
	return func(s *bench, text string) pooler.Outcome {
		for _, sql := range []string{"BEGIN", text} {
			if _, err := s.a.Query(sql); err != nil {
				return s.refused(err)
			}
		}
		works := s.sees(s.a, probe)
		s.value(s.a, "COMMIT")
		switch {
		case s.sees(s.b, probe):
			return pooler.Leaks
		case !works:
			return pooler.Lost
		}
		return pooler.OK
	}
}

// inOneMessage is inTransaction for a text that brings BEGIN and COMMIT along.
func inOneMessage(probe string) func(*bench, string) pooler.Outcome {
	return func(s *bench, text string) pooler.Outcome {
		rows, err := s.a.Query(strings.Replace(text, "SELECT 1", probe, 1))
		if err != nil {
			return s.refused(err)
		}
		switch {
		case s.sees(s.b, probe):
			return pooler.Leaks
		case len(rows) != 1 || rows[0][0] != "t":
			return pooler.Lost
		}
		return pooler.OK
	}
}

// undoes runs a statement that should undo another, on the server connection
// that the client is lent then.
func undoes(statement, probe string) func(*bench, string) pooler.Outcome {
	return func(s *bench, text string) pooler.Outcome {
		s.value(s.a, statement)
		s.elsewhere(func() {
			if _, err := s.a.Query(text); err != nil {
				s.refused(err) // by PostgreSQL: there is nothing to undo there
			}
		})
		if s.sees(s.b, probe) {
			return pooler.Lost
		}
		return pooler.OK
	}
}

// works runs a statement that leaves nothing.
func works(s *bench, text string) pooler.Outcome {
	if _, err := s.a.Query(text); err != nil {
		return s.refused(err)
	}
	return pooler.OK
}

// begins runs BEGIN and shows that what follows runs on the same connection.
func begins(s *bench, text string) pooler.Outcome {
	if _, err := s.a.Query(text); err != nil {
		return s.refused(err)
	}
	s.value(s.a, "CREATE TABLE begun ()")
	if inside := s.sees(s.a, "select count(*) > 0 from pg_class where relname = 'begun'"); !inside {
		return pooler.Leaks
	}
	s.value(s.a, "ROLLBACK")
	return pooler.OK
}

// executes runs EXECUTE of a name that another client prepared.
func executes(s *bench, text string) pooler.Outcome {
	s.value(s.a, "PREPARE s AS SELECT 'anothers'")
	stranger, err := s.b.Value(text)
	var own error
	s.elsewhere(func() { _, own = s.a.Query(text) })
	switch {
	case err == nil && stranger == "anothers" && own != nil:
		s.Logf("this client elsewhere: %v", own)
		return pooler.Leaks
	case own != nil:
		return pooler.Lost
	}
	return pooler.OK
}

func hearsNothing(listens string) func(*bench, string) pooler.Outcome {
	return func(s *bench, text string) pooler.Outcome {
		outcome := leaves(listens)(s, text)
		d := s.direct()
		for range 3 {
			s.value(d, "NOTIFY news")
		}
		time.Sleep(100 * time.Millisecond)
		s.value(s.a, "select 1")
		if n := s.a.Notifications(); outcome == pooler.Leaks && n != 0 {
			s.Errorf("the client was told %d of 3 notifications", n)
		}
		return outcome
	}
}

// excludesNobody takes a lock and shows that another client has it as well.
func excludesNobody(held string) func(*bench, string) pooler.Outcome {
	return func(s *bench, text string) pooler.Outcome {
		outcome := leaves(held)(s, text)
		if both := s.value(s.b, "select pg_try_advisory_lock(7)") == "t"; both != (outcome == pooler.Leaks || outcome == pooler.Lost) {
			s.Errorf("%s: another client takes the lock as well: %t", outcome, both)
		}
		released := true
		s.elsewhere(func() { released = s.sees(s.a, "select pg_advisory_unlock(7)") })
		if released {
			s.Error("the client released its lock on another server connection")
		}
		return outcome
	}
}

func releasesAnothers(s *bench, text string) pooler.Outcome {
	s.value(s.a, "SELECT pg_advisory_lock(7)")
	switch {
	case s.sees(s.b, text):
		return pooler.Leaks
	case !s.sees(s.a, text):
		return pooler.Lost
	}
	return pooler.OK
}

// counts has two clients draw from one sequence by turns.
func counts(s *bench, text string) pooler.Outcome {
	var first, second, third int
	fmt.Sscan(s.value(s.a, text), &first)
	fmt.Sscan(s.value(s.b, text), &second)
	s.elsewhere(func() { fmt.Sscan(s.value(s.a, text), &third) })
	if first > 0 && second == first+1 && third == second+1 {
		return pooler.OK
	}
	return pooler.Lost
}

// readsAnothers reads a sequence's state that another client left.
func readsAnothers(s *bench, text string) pooler.Outcome {
	drawn := s.value(s.a, "SELECT nextval('counter')")
	stranger, err := s.b.Value(text)
	var own error
	s.elsewhere(func() { _, own = s.a.Query(text) })
	switch {
	case err == nil && stranger == drawn && own != nil:
		s.Logf("this client elsewhere: %v", own)
		return pooler.Leaks
	case own != nil:
		return pooler.Lost
	}
	return pooler.OK
}

func seedsAnother(s *bench, text string) pooler.Outcome {
	d := s.direct()
	s.value(d, text)
	follows := s.value(d, "select random()")
	s.value(s.a, text)
	if s.value(s.b, "select random()") == follows {
		return pooler.Leaks
	}
	return pooler.Lost
}

// execute binds a prepared statement to 41 and returns its value.
func execute(c *wire.Client, name string) (string, error) {
	c.Send(&pgproto3.Bind{PreparedStatement: name, Parameters: [][]byte{[]byte("41")}}, &pgproto3.Execute{}, &pgproto3.Sync{})
	rows, err := c.Ready()
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0][0], nil
}

func parse(s *bench, c *wire.Client, name, sql string) {
	s.Helper()
	c.Send(&pgproto3.Parse{Name: name, Query: sql}, &pgproto3.Sync{})
	if _, err := c.Ready(); err != nil {
		s.Fatal(err)
	}
}

// evicts drops a statement of the protocol by SQL, as pgx v4 does with what
// falls out of its cache.
func evicts(s *bench, _ string) pooler.Outcome {
	parse(s, s.a, "s", "select $1::int + 1")
	var err error
	s.elsewhere(func() { _, err = s.a.Query("DEALLOCATE s") })
	if err != nil {
		s.Logf("%v", err)
		return pooler.Lost
	}
	return pooler.OK
}

func namedStatement(s *bench, _ string) pooler.Outcome {
	parse(s, s.a, "s", "select $1::int + 1")
	var own error
	s.elsewhere(func() { _, own = execute(s.a, "s") })
	stranger, err := execute(s.b, "s")
	switch {
	case own == nil && err != nil:
		return pooler.OK
	case err == nil && stranger == "42" && own != nil:
		s.Logf("this client elsewhere: %v", own)
		return pooler.Leaks
	}
	return pooler.Lost
}

func splitStatement(s *bench, _ string) pooler.Outcome {
	parse(s, s.a, "", "select $1::int + 1")
	parse(s, s.b, "", "select $1::int * 1000")
	switch v, err := execute(s.a, ""); {
	case err != nil:
		return s.refused(err)
	case v == "41000":
		return pooler.WrongRows
	case v != "42":
		s.Errorf("41 + 1 is %s", v)
	}
	return pooler.OK
}

// startup connects with a parameter in the startup packet. The outcome is
// what it comes to for the client that sends it, or for the next one.
func startup(name, value string) script { return sends(name, name, value, is(name, value)) }

// option sends a parameter inside options=-c.
func option(name, value string) script {
	return sends("options", "options:"+strings.ToLower(name), fmt.Sprintf("-c %s=%s", name, value), is(name, value))
}

func sends(key, object, value, probe string) script {
	return script{
		text:   fmt.Sprintf("startup parameter %s=%s", key, value),
		effect: effect.Effect{Kind: effect.StartupParameter, Object: object},
		show: func(s *bench, _ string) pooler.Outcome {
			byDefault := s.sees(s.b, probe)
			c, err := wire.Connect(s.pooler.Addr, login(key, value))
			if err != nil {
				return s.refused(err)
			}
			c.Pause = s.site.pause
			defer c.Close()
			keeps, err := c.Value(probe)
			if err != nil {
				return s.refused(err)
			}
			leaks := !byDefault && s.sees(s.b, probe)
			elsewhere := ""
			s.elsewhere(func() { elsewhere = s.value(c, probe) })
			switch {
			case leaks && object != "application_name": // of which the client minds its own alone
				return pooler.Leaks
			case keeps != "t" || elsewhere != "t":
				return pooler.Lost
			}
			return pooler.OK
		},
	}
}

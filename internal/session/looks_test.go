package session

import "testing"

func TestProseIsNotSQL(t *testing.T) {
	for _, text := range []string{
		// Words that the parser takes for statements.
		"reset password", "Reset password", "reset all", "RESET", "RESET PASSWORD", "Reset All", "RESET ALL", "reset role", "RESET ROLE", "RESET connection", "reset session authorization",
		"listen foo", "Listen", "listen", "LISTEN", "LISTEN PORT", "listen events", "LISTEN carefully", "unlisten foo",
		"set x to y", "Set x to y", "SET x to y", "SET", "set", "SET VALUE", "SET TIMEOUT TO 30", "SET x = y", "set x = y", "set sslmode = disable", "set stream=true",
		"set role to admin", "set timeout to 5", "SET name = other", "SET deleted = true", "set revoked = true", "SET NULL", "SET DEFAULT", "set role none", "SET ROLE NAME",
		"discard all", "Discard all", "DISCARD", "discard plans", "discard temp",
		"execute plan", "Execute Query", "EXECUTE", "EXECUTE QUERY", "EXECUTE plan", "execute (x)", "prepare statement", "Prepare", "PREPARE",
		"load data", "load 'x'", "LOAD", "Load config", "deallocate x", "Deallocate all", "SHOW", "show all", "begin", "commit", "end", "rollback", "abort", "Start transaction",
		"notify admin", "declare", "call me()", "select a plan from the list", "Select one", "select all (default)", "update", "table users", "values (a)", "lock table", "analyze", "vacuum", "explain", "explain reset all", "checkpoint", "close all", "fetch all", "move on", "do 'x'?",
		// Log and error texts.
		"failed to deallocate cached statement(s): conn closed", "BUG: tried to unlisten for subscription not in list", "reset operation is not set",
		"failed to execute pg_try_advisory_lock: %w", "cannot set transaction read-write mode during recovery", "must be able to SET ROLE ", "listen and serve err",
		"unable to set role to '%s': %w", "set lock_timeout: %w", "DISCARD ALL not allowed", "set %d => %d", "TTL set key=%v modRev=%v ttl=%v", "metrics server is starting to listen at %s",
		"Set a specific role to run SET ROLE for each connection", "DB_AFTER_CONNECT_QUERY=SET search_path TO _realtime", "reset                Roll back all migrations",
		"* Set authMethod to empty string if you want to ignore the MFA", `Set pg_stat_statements.track to "top" (the default)`, "create temp file", "Create temp table first", "SET client_encoding failed",
		"nextval(s) failed", "use set_config('x', 'y', false)", "-- set skip_audit_log_database to false", "SQLite has no search_path",
		// Names, and pieces of statements.
		"migrate_advisory_lock", "advisory_lock_already_acquired", "pgbouncer", "search_path", "set_config", "FROM current_setting('search_path');", " SET\nrun_id = $1", "SET a = $1, b = $2 WHERE c", "UPDATE t SET", "nextval('s')", "set $x y;", "listen 8080;", "listen localhost;",
		"", " ", ";", "--", "\x00", "SET x = \x00", "SET search_path = ?",
	} {
		if LooksLikeSQL(text) {
			t.Errorf("%q passes for SQL", text)
		}
	}
}

func TestSQLIsSQL(t *testing.T) {
	for _, text := range []string{
		"SET search_path TO ''", "SET search_path = public", "SET LOCAL lock_timeout = 10000", "set statement_timeout = '3s'", "SET app.user_id = 'x'", "SET pgroll.no_inferred_migrations TO 'TRUE'",
		"SET ROLE alice", "SET ROLE 'alice'", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "SET TIME ZONE 'UTC'", "SET NAMES 'utf8'", "SET CONSTRAINTS ALL DEFERRED", "SET STATEMENT_TIMEOUT = 0",
		"RESET search_path", "RESET ALL;", "RESET SESSION AUTHORIZATION", "DISCARD ALL", "DEALLOCATE ALL", "DEALLOCATE pganalyze_explain", "UNLISTEN *", `LISTEN "events"`, "LISTEN job_events", "LISTEN events;",
		"PREPARE x AS SELECT 1", "EXECUTE x(1)", "EXECUTE get_user", "LOAD 'auto_explain'", "DECLARE c CURSOR FOR SELECT 1", "create temp table t (a int)", "DO $$ BEGIN NULL; END $$",
		"select pg_advisory_lock($1)", "SELECT nextval('s')", "select set_config('a', 'b', false)", "BEGIN; SET LOCAL lock_timeout = 1; COMMIT",
		"-- name: Lock :exec\nselect pg_advisory_lock($1)", "with x as (select pg_advisory_lock(1)) select 1",
	} {
		if !LooksLikeSQL(text) {
			t.Errorf("%q does not pass for SQL", text)
		}
	}
}

func TestMayBegin(t *testing.T) {
	for text, want := range map[string]bool{
		"SET ROLE \x00": true, " SELECT 1": true, "select set_config('a', 'b', false)": true, "with a as (select 1) select 2": true,
		"-- name: Lock\nSELECT 1": true, "(SELECT 1)": true, "LISTEN \x00": true,
		"set the value": false, "listen on %s": false, "Reset it": false, "\x00": false, "": false, "A": false, "1 SET": false,
	} {
		if got := MayBegin(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestOnlyCalls(t *testing.T) {
	for text, want := range map[string]bool{
		"SELECT pg_advisory_xact_lock($1)":                                   true,
		"select set_config('a', 'b', true), set_config('c', 'from x', true)": true,
		"SELECT pg_advisory_xact_lock(1) AS locked;":                         true,
		"SELECT set_config('a', 'b', true), * FROM orders":                   false,
		"SELECT pg_advisory_xact_lock(id) FROM jobs":                         false,
		"WITH l AS (SELECT pg_advisory_xact_lock(1)) UPDATE t SET x = 1":     false,
		"INSERT INTO t SELECT pg_advisory_xact_lock(1)":                      false,
	} {
		if got := OnlyCalls(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

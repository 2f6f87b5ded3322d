package client

// measured are the statements that the tests in conformance/ saw clients send, by
// the client with its version: they hold this to what real logs have, and write it
// with -update.
var measured = map[string][]string{
	"asyncpg 0.31.0": {
		"SELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new",
		"SELECT set_config('jit', $1, false)",
		`LISTEN "…"`,
		`UNLISTEN "…"`,
		"SELECT pg_advisory_unlock_all()",
		"UNLISTEN *",
		"RESET ALL",
	},
	"psycopg 2 2.9.13": {
		"SET datestyle TO 'ISO'",
		"SET client_encoding TO 'UTF8'",
		"SET default_transaction_isolation TO 'x'",
		"SET default_transaction_read_only TO 'x'",
		"SET default_transaction_deferrable TO 'x'",
		"DECLARE … CURSOR WITH HOLD FOR …",
		"DISCARD ALL",
	},
	"psycopg 3 3.3.5": {
		"DEALLOCATE ALL",
		"DECLARE … CURSOR WITH HOLD FOR …",
	},
	"psycopg 3 3.1.7": {
		"DEALLOCATE _pg3_1",
		"DEALLOCATE ALL",
		"DECLARE … CURSOR WITH HOLD FOR …",
	},
	"SQLAlchemy 2.0.52": {
		"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL …",
		"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
		"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
		"SET SESSION CHARACTERISTICS AS TRANSACTION DEFERRABLE",
		"SET SESSION CHARACTERISTICS AS TRANSACTION NOT DEFERRABLE",
	},
	"Django 5.2.18": {
		"SELECT set_config('TimeZone', $1, false)",
		"SET ROLE x",
		"DECLARE _django_curs_… NO SCROLL CURSOR WITH HOLD FOR …",
	},
	"PDO 8.2": {
		"DEALLOCATE pdo_stmt_00000001",
	},
	"DBD::Pg 3.16.0": {
		"DEALLOCATE dbdpg_p1_1",
	},
	"JDBC 42.7.14": {
		"SET application_name = 'x'",
		"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
		"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
		"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL …",
		"SET SESSION search_path TO 'x'",
	},
	"Rails 7.2.4": {
		"SET client_min_messages TO 'x'",
		"SET standard_conforming_strings = on",
		"SET intervalstyle = iso_8601",
		"SET SESSION TimeZone TO 'UTC'",
		"SET search_path TO x",
		"SET SESSION … TO …",
		"DEALLOCATE a1",
		"SELECT pg_try_advisory_lock(1)",
		"SELECT pg_advisory_unlock(1)",
		"DISCARD ALL",
	},
	"pg_dump 18.6": {
		"SELECT pg_catalog.set_config('search_path', '', false)",
		"SET DATESTYLE = ISO",
		"SET INTERVALSTYLE = POSTGRES",
		"SET extra_float_digits TO 3",
		"SET synchronize_seqscans TO off",
		"SET statement_timeout = 0",
		"SET lock_timeout = 0",
		"SET idle_in_transaction_session_timeout = 0",
		"SET transaction_timeout = 0",
		"SET row_security = off",
		"SELECT set_config(name, 'view', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'",
		"SET TRANSACTION ISOLATION LEVEL …",
	},
}

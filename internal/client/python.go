package client

import "regexp"

const (
	readsTypes = "while it reads types"
	noJIT      = "tell it on each new connection that the server has no jit: c._server_caps = c._server_caps._replace(jit=False)"
)

var asyncpg = &Client{Name: "asyncpg", Lang: "Python", Says: "a program with asyncpg", Prepared: regexp.MustCompile(`^__asyncpg_stmt_[0-9a-f]+__$`), Sent: []Sent{
	{"SELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new", readsTypes, noJIT, asyncpgAt + "#L511"},
	{"SELECT set_config('jit', $1, false)", readsTypes, noJIT, asyncpgAt + "#L537"},
	{"SELECT pg_advisory_unlock_all()", resets, asyncpgReset, asyncpgAt + "#L1748"},
	{"CLOSE ALL", resets, asyncpgReset, asyncpgAt + "#L1750"},
	{"UNLISTEN *", resets, asyncpgReset, asyncpgAt + "#L1752"},
	{"RESET ALL", resets, asyncpgReset, asyncpgAt + "#L1754"},
}}

const asyncpgReset = "give create_pool a connection_class whose get_reset_query returns an empty string"

var psycopg2 = &Client{Name: "psycopg 2", Lang: "Python", Tag: "psycopg2", Says: "a program with psycopg 2", Sent: []Sent{
	{SQL: "SET DATESTYLE TO 'ISO'", When: connects, Reference: psycopg2At + "connection.h#L75"},
	{SQL: "SET datestyle TO 'ISO'", When: connects, Reference: psycopg2At + "connection_int.c#L681"},
	{SQL: "SET client_encoding TO 'UTF8'", When: "for set_client_encoding", Reference: psycopg2At + "pqpath.c#L637"},
	{SQL: "SET default_transaction_isolation TO 'x'", When: "for set_session with autocommit", Reference: psycopg2At + "connection_int.c#L1301"},
	{SQL: "SET default_transaction_read_only TO 'x'", When: "for set_session with autocommit", Reference: psycopg2At + "connection_int.c#L1308"},
	{SQL: "SET default_transaction_deferrable TO 'x'", When: "for set_session with autocommit", Reference: psycopg2At + "connection_int.c#L1315"},
}}

var psycopg3 = &Client{Name: "psycopg 3", Lang: "Python", Says: "a program with psycopg 3", Prepared: regexp.MustCompile(`^_pg3_\d+$`), Sent: []Sent{
	{"DEALLOCATE _pg3_1", "when it forgets a prepared statement", "connect with prepare_threshold=None",
		github + "psycopg/psycopg/blob/c079c37c/psycopg/psycopg/_connection_base.py#L509"},
	{"DEALLOCATE ALL", "when it forgets all prepared statements", "connect with prepare_threshold=None",
		github + "psycopg/psycopg/blob/c079c37c/psycopg/psycopg/_connection_base.py#L509"},
}}

var sqlalchemy = &Client{Name: "SQLAlchemy", Lang: "Python", Tag: "sqlalchemy", Says: "a program with SQLAlchemy", Sent: []Sent{
	{SQL: "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL …", When: "for isolation_level", Reference: sqlaAt + "#L3769"},
}}

var django = &Client{Name: "Django", Lang: "Python", Tag: "django", Says: "a program with Django", Sent: []Sent{
	{SQL: "SELECT set_config('TimeZone', $1, false)", When: connects,
		Remedy: "set the role's TimeZone to that of DATABASES (ALTER ROLE … SET timezone), so that Django has nothing to change", Reference: djangoAt + "operations.py"},
	{SQL: "SET TIME ZONE $1", When: "when it connects, before 4.2",
		Remedy: "set the role's TimeZone to that of DATABASES (ALTER ROLE … SET timezone), so that Django has nothing to change", Reference: djangoAt + "operations.py"},
	{SQL: "SET ROLE x", When: "for assume_role", Reference: djangoAt + "base.py"},
}}

package client

import "regexp"

const (
	readsTypes = "while it reads types"
	noJIT      = "tell it on each new connection that the server has no jit: c._server_caps = c._server_caps._replace(jit=False), and ALTER ROLE … SET jit = off, as that reading is slow with it"
)

var asyncpg = &Client{Name: "asyncpg", Lang: "Python", Says: "a program with asyncpg", Prepared: regexp.MustCompile(`^__asyncpg_stmt_[0-9a-f]+__$`), Sent: []Sent{
	{"SELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new", readsTypes, noJIT, asyncpgAt + "#L511"},
	{"SELECT set_config('jit', $1, false)", readsTypes, noJIT, asyncpgAt + "#L537"},
	{`LISTEN "…"`, "for add_listener", "", asyncpgAt + "#L157"},
	{`UNLISTEN "…"`, "for remove_listener", "", asyncpgAt + "#L173"},
	{"SELECT pg_advisory_unlock_all()", resets, asyncpgReset, asyncpgAt + "#L1748"},
	{"CLOSE ALL", resets, asyncpgReset, asyncpgAt + "#L1750"},
	{"UNLISTEN *", resets, asyncpgReset, asyncpgAt + "#L1752"},
	{"RESET ALL", resets, asyncpgReset, asyncpgAt + "#L1754"},
}}

const asyncpgReset = "give create_pool a connection_class whose get_reset_query returns an empty string"

var psycopg2 = &Client{Name: "psycopg 2", Lang: "Python", Tag: "psycopg2", Says: "a program with psycopg 2", Sent: []Sent{
	{SQL: "SET datestyle TO 'ISO'", When: connects, Reference: psycopg2At + "connection_int.c#L681"},
	{SQL: "SET client_encoding TO 'UTF8'", When: "for set_client_encoding", Reference: psycopg2At + "pqpath.c#L637"},
	{SQL: "SET default_transaction_isolation TO 'x'", When: "for set_session with autocommit", Reference: psycopg2At + "connection_int.c#L1301"},
	{SQL: "SET default_transaction_read_only TO 'x'", When: "for set_session with autocommit", Reference: psycopg2At + "connection_int.c#L1308"},
	{SQL: "SET default_transaction_deferrable TO 'x'", When: "for set_session with autocommit", Reference: psycopg2At + "connection_int.c#L1315"},
	{SQL: "DECLARE … CURSOR WITHOUT HOLD FOR …", When: "for a named cursor", Reference: psycopg2At + "cursor_type.c#L431"},
	{SQL: "DECLARE … CURSOR WITH HOLD FOR …", When: "for a named cursor withhold", Reference: psycopg2At + "cursor_type.c#L431"},
	{SQL: "DISCARD ALL", When: "for reset() of a connection", Reference: psycopg2At + "pqpath.c#L510"},
}}

var psycopg3 = &Client{Name: "psycopg 3", Lang: "Python", Says: "a program with psycopg 3", Prepared: regexp.MustCompile(`^_pg3_\d+$`), Sent: []Sent{
	{"DEALLOCATE _pg3_1", "when it forgets a prepared statement", "connect with prepare_threshold=None",
		github + "psycopg/psycopg/blob/c079c37c/psycopg/psycopg/_connection_base.py#L509"},
	{"DEALLOCATE ALL", "when it forgets all prepared statements", "connect with prepare_threshold=None",
		github + "psycopg/psycopg/blob/c079c37c/psycopg/psycopg/_connection_base.py#L509"},
	{"DECLARE … CURSOR FOR …", "for a named cursor", "", github + "psycopg/psycopg/blob/c079c37c/psycopg/psycopg/_server_cursor_base.py#L196"},
	{"DECLARE … CURSOR WITH HOLD FOR …", "for a named cursor withhold", "", github + "psycopg/psycopg/blob/c079c37c/psycopg/psycopg/_server_cursor_base.py#L196"},
}}

var sqlalchemy = &Client{Name: "SQLAlchemy", Lang: "Python", Tag: "sqlalchemy", Says: "a program with SQLAlchemy", Sent: []Sent{
	{SQL: "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL …", When: "for isolation_level", Reference: sqlaAt + "#L3769"},
	{SQL: "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", When: "for postgresql_readonly over pg8000", Reference: pg8000At + "#L539"},
	{SQL: "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", When: "for postgresql_readonly over pg8000", Reference: pg8000At + "#L539"},
	{SQL: "SET SESSION CHARACTERISTICS AS TRANSACTION DEFERRABLE", When: "for postgresql_deferrable over pg8000", Reference: pg8000At + "#L560"},
	{SQL: "SET SESSION CHARACTERISTICS AS TRANSACTION NOT DEFERRABLE", When: "for postgresql_deferrable over pg8000", Reference: pg8000At + "#L560"},
	{SQL: "select nextval('x')", When: "for a Sequence", Remedy: "use Identity()", Reference: sqlaAt + "#L3510"},
}}

const (
	djangoZone   = "set the role's TimeZone to that of DATABASES (ALTER ROLE … SET timezone), so that Django has nothing to change"
	djangoRole   = "log in as that role"
	djangoCursor = "set DISABLE_SERVER_SIDE_CURSORS: True in DATABASES"
)

var django = &Client{Name: "Django", Lang: "Python", Tag: "django", Says: "a program with Django", Sent: []Sent{
	{"SELECT set_config('TimeZone', $1, false)", connects, djangoZone, djangoAt + "operations.py#L205"},
	{"SET TIME ZONE $1", "when it connects, before 4.2", djangoZone, github + "django/django/blob/3.2.25/django/db/backends/postgresql/operations.py#L132"},
	{"SET ROLE x", "when it connects, for assume_role", djangoRole, djangoAt + "base.py#L363"},
	{"DECLARE _django_curs_… NO SCROLL CURSOR WITH HOLD FOR …", "for iterator() of a query", djangoCursor, djangoAt + "base.py#L425"},
	{"DECLARE _django_curs_… NO SCROLL CURSOR WITHOUT HOLD FOR …", "for iterator() of a query, in a transaction", djangoCursor, djangoAt + "base.py#L425"},
	{"DECLARE _django_curs_… NO SCROLL CURSOR FOR …", "for iterator() of a query, in a transaction", djangoCursor, djangoAt + "base.py#L425"},
}}

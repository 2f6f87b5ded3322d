package session

import "testing"

func TestStatements(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"DISCARD ALL", []string{"discard all [DISCARD ALL]"}},
		{"discard temporary;", []string{"discard temporary [discard temporary]"}},
		{"PREPARE x (int) AS SELECT $1", []string{"prepare x [PREPARE x]"}},
		{"PREPARE TRANSACTION 'a'", nil},
		{"PREPARE x AS SELECT nextval('s')", []string{"prepare x [PREPARE x]", "sequence-change s [nextval('s')]"}},
		{"EXECUTE x(1, 2)", []string{"execute x [EXECUTE x]"}},
		{"EXECUTE x(nextval('s'))", []string{"execute x [EXECUTE x]", "sequence-change s [nextval('s')]"}},
		{"CREATE TABLE t AS EXECUTE x", []string{"execute x [EXECUTE x]"}},
		{"CREATE TABLE t AS EXECUTE x(1) WITH NO DATA", []string{"execute x [EXECUTE x]"}},
		{"EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE x(1)", []string{"execute x [EXECUTE x]"}},
		{"EXPLAIN EXECUTE x", []string{"execute x [EXECUTE x]"}},
		{"DEALLOCATE x", []string{"deallocate x [DEALLOCATE x]"}},
		{"DEALLOCATE PREPARE ALL", []string{"deallocate all [DEALLOCATE PREPARE ALL]"}},
		{`LISTEN "Chan"`, []string{`listen Chan [LISTEN "Chan"]`}},
		{"listen Chan", []string{"listen chan [listen Chan]"}},
		{"UNLISTEN *", []string{"unlisten * [UNLISTEN *]"}},
		{"UNLISTEN a", []string{"unlisten a [UNLISTEN a]"}},
		{"NOTIFY a, 'x'", nil},
		{"LOAD 'auto_explain'", []string{"load-library auto_explain [LOAD 'auto_explain']"}},
		{"DECLARE c CURSOR FOR SELECT 1", []string{"cursor c [DECLARE c CURSOR]"}},
		{"DECLARE c BINARY INSENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR SELECT 1", []string{"cursor c [DECLARE c BINARY INSENSITIVE NO SCROLL CURSOR WITHOUT HOLD]"}},
		{"DECLARE c CURSOR WITH HOLD FOR SELECT nextval('s')", []string{"cursor-hold c [DECLARE c CURSOR WITH HOLD]", "sequence-change s [nextval('s')]"}},
	})
}

func TestTemporaryObjects(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"CREATE TEMP TABLE foo (a int)", []string{"temp-object foo [CREATE TEMP TABLE foo]"}},
		{"create global temporary table if not exists Foo (a int)", []string{"temp-object foo [create global temporary table if not exists Foo]"}},
		{"CREATE LOCAL TEMP TABLE foo (a int)", []string{"temp-object foo [CREATE LOCAL TEMP TABLE foo]"}},
		{"create temporary table foo on commit delete rows as select 1", []string{"temp-object foo [create temporary table foo]"}},
		{"CREATE TEMP TABLE foo (a int) ON COMMIT PRESERVE ROWS", []string{"temp-object foo [CREATE TEMP TABLE foo]"}},
		{"CREATE TEMP TABLE foo (a int) ON COMMIT DROP", []string{"temp-on-commit-drop foo [CREATE TEMP TABLE foo]"}},
		{"CREATE TEMP TABLE foo ON COMMIT DROP AS SELECT 1", []string{"temp-on-commit-drop foo [CREATE TEMP TABLE foo]"}},
		{"CREATE TEMP TABLE foo AS EXECUTE x", []string{"temp-object foo [CREATE TEMP TABLE foo]", "execute x [EXECUTE x]"}},
		{"SELECT 1 INTO TEMP foo", []string{"temp-object foo [INTO TEMP foo]"}},
		{"WITH a AS (SELECT 1) SELECT * INTO LOCAL TEMPORARY TABLE foo FROM a", []string{"temp-object foo [INTO LOCAL TEMPORARY TABLE foo]"}},
		{"SELECT 1 AS a INTO pg_temp.foo", []string{"temp-object pg_temp.foo [INTO pg_temp.foo]"}},
		{"SELECT 1 AS a INTO temp FROM b", nil},
		{"INSERT INTO temp SELECT 1", nil},
		{"WITH a AS (SELECT 1) INSERT INTO temp SELECT * FROM a", nil},
		{"SELECT 1 INTO foo", nil},
		{"CREATE TEMP VIEW v AS SELECT nextval('s')", []string{"temp-object v [CREATE TEMP VIEW v]"}},
		{"CREATE OR REPLACE TEMP RECURSIVE VIEW v (a) AS SELECT 1", []string{"temp-object v [CREATE OR REPLACE TEMP RECURSIVE VIEW v]"}},
		{"CREATE TEMP SEQUENCE s", []string{"temp-object s [CREATE TEMP SEQUENCE s]"}},
		{"CREATE TABLE pg_temp.foo (a int)", []string{"temp-object pg_temp.foo [CREATE TABLE pg_temp.foo]"}},
		{`CREATE FUNCTION "pg_temp".f() RETURNS int LANGUAGE sql AS 'select 1'`, []string{`temp-object pg_temp.f [CREATE FUNCTION "pg_temp".f]`}},
		{"CREATE TYPE pg_temp.t AS (a int)", []string{"temp-object pg_temp.t [CREATE TYPE pg_temp.t]"}},
		{"CREATE DOMAIN pg_temp.d AS int", []string{"temp-object pg_temp.d [CREATE DOMAIN pg_temp.d]"}},
		{"CREATE VIEW pg_temp.v AS SELECT 1", []string{"temp-object pg_temp.v [CREATE VIEW pg_temp.v]"}},
		{"CREATE TABLE temp (a int)", nil},
		{"CREATE UNLOGGED TABLE foo (a int)", nil},
		{"CREATE INDEX i ON pg_temp.foo (a)", nil},
		{"EXPLAIN CREATE TEMP TABLE foo AS SELECT 1", nil},
		{"EXPLAIN ANALYZE CREATE TEMP TABLE foo AS SELECT 1", []string{"temp-object foo [CREATE TEMP TABLE foo]"}},
		{"DROP TABLE pg_temp.foo", nil},
	})
}

func TestCallsWhereverAnExpressionStands(t *testing.T) {
	call := []string{"sequence-change s [nextval('s')]"}
	for _, text := range []string{
		"SELECT nextval('s')",
		"SELECT * FROM nextval('s')",
		"SELECT 1 FROM t WHERE a = nextval('s')",
		"SELECT 1 FROM t JOIN u ON t.a = nextval('s')",
		"SELECT a FROM t GROUP BY a HAVING max(a) > nextval('s')",
		"SELECT a FROM t ORDER BY nextval('s')",
		"SELECT a FROM t LIMIT nextval('s') OFFSET 1",
		"SELECT a FROM t OFFSET nextval('s')",
		"SELECT sum(a) FILTER (WHERE nextval('s') > 0) FROM t",
		"SELECT sum(a) OVER (PARTITION BY nextval('s')) FROM t",
		"SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY nextval('s'))",
		"SELECT string_agg(a, ',' ORDER BY nextval('s')) FROM t",
		"SELECT DISTINCT ON (nextval('s')) 1",
		"SELECT 1 UNION ALL SELECT nextval('s')",
		"SELECT CASE WHEN a THEN 1 ELSE nextval('s') END FROM t",
		"SELECT COALESCE(a, GREATEST(1, nextval('s'))) FROM t",
		"SELECT ARRAY[nextval('s')]",
		"SELECT (ARRAY[1])[nextval('s')]",
		"SELECT ROW(1, nextval('s'))",
		"SELECT nextval('s')::text || 'a'",
		"SELECT a FROM t WHERE a IN (1, nextval('s'))",
		"SELECT EXISTS (SELECT nextval('s'))",
		"SELECT 1 FROM t, LATERAL (SELECT nextval('s')) x",
		"SELECT 1 FROM ROWS FROM (generate_series(1, 2), nextval('s')) x",
		"WITH a AS (SELECT nextval('s')) SELECT 1",
		"VALUES (1), (nextval('s'))",
		"INSERT INTO t VALUES (nextval('s'))",
		"INSERT INTO t (a) SELECT nextval('s')",
		"INSERT INTO t VALUES (1) RETURNING nextval('s')",
		"INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = nextval('s')",
		"INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 1 WHERE t.a > nextval('s')",
		"UPDATE t SET a = nextval('s')",
		"UPDATE t SET (a, b) = (SELECT 1, nextval('s'))",
		"DELETE FROM t WHERE a = nextval('s')",
		"DELETE FROM t USING u WHERE true RETURNING nextval('s')",
		"MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET a = nextval('s')",
		"CALL p(nextval('s'))",
		"COPY (SELECT nextval('s')) TO STDOUT",
		"CREATE TABLE t AS SELECT nextval('s')",
		"CREATE MATERIALIZED VIEW v AS SELECT nextval('s')",
		"SELECT nextval('s') AS a INTO t",
		"EXPLAIN ANALYZE SELECT nextval('s')",
		"EXPLAIN (ANALYZE true, BUFFERS) SELECT nextval('s')",
		"SELECT 1 FROM XMLTABLE('/a' PASSING xml(nextval('s')) COLUMNS b int)",
		"SELECT 1 FROM t TABLESAMPLE SYSTEM (nextval('s'))",
		"SELECT * FROM t WHERE a = ANY (ARRAY[nextval('s')]) FOR UPDATE",
	} {
		checkTexts(t, Analyze, []textCase{{text, call}})
	}
	for _, text := range []string{
		"CREATE TABLE t (a bigint DEFAULT nextval('s'))",
		"ALTER TABLE t ALTER COLUMN a SET DEFAULT nextval('s')",
		"ALTER TABLE t ADD COLUMN a bigint DEFAULT nextval('s')",
		"CREATE TABLE t (a int GENERATED ALWAYS AS (setval('s', 1)) STORED)",
		"CREATE TABLE t (a int CHECK (nextval('s') > 0))",
		"CREATE VIEW v AS SELECT nextval('s')",
		"CREATE RULE r AS ON INSERT TO t DO ALSO SELECT nextval('s')",
		"CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW WHEN (nextval('s') > 1) EXECUTE FUNCTION f()",
		"CREATE INDEX i ON t ((nextval('s')))",
		"CREATE POLICY p ON t USING (nextval('s') > 0)",
		"CREATE DOMAIN d AS int DEFAULT nextval('s')",
		"CREATE TABLE t AS SELECT nextval('s') WITH NO DATA",
		"EXPLAIN SELECT nextval('s')",
		"EXPLAIN (ANALYZE false) SELECT nextval('s')",
		"SELECT 'nextval(''s'')'",
		"SELECT $$nextval('s')$$",
		"SELECT 1 -- nextval('s')",
		"SELECT 1 /* nextval('s') /* */ */",
		"SELECT nextval FROM t",
		"SELECT mine.nextval('s')",
		"INSERT INTO nextval (a) VALUES (1)",
		"WITH nextval (a) AS (SELECT 1) SELECT a FROM nextval",
		"GRANT EXECUTE ON FUNCTION nextval(regclass) TO a",
	} {
		checkTexts(t, Analyze, []textCase{{text, nil}})
	}
}

func TestSequencesSeedsAndLinks(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"select pg_catalog.setval('public.s', max(id)) from t", []string{"sequence-change public.s [pg_catalog.setval('public.s', max(id))]"}},
		{`SELECT "nextval"('s'::regclass)`, []string{`sequence-change s ["nextval"('s'::regclass)]`}},
		{`SELECT "Nextval"('s')`, nil},
		{"SELECT CURRVAL('s'), LastVal()", []string{"sequence-read s [CURRVAL('s')]", "sequence-read [LastVal()]"}},
		{"SELECT setval('…', COALESCE((SELECT MAX(id)+1 FROM `…`), 1), false)", []string{"sequence-change [setval('…', COALESCE((SELECT MAX(id)+1 FROM `…`), 1), false)]"}},
		{"SELECT setseed(0.5)", []string{"set-seed [setseed(0.5)]"}},
		{"SELECT dblink_connect('dbname=x')", nil},
		{"SELECT dblink_connect('c', 'dbname=x')", []string{"dblink c [dblink_connect('c', 'dbname=x')]"}},
		{"SELECT ext.dblink_connect_u('c', 'dbname=x')", []string{"dblink c [ext.dblink_connect_u('c', 'dbname=x')]"}},
	})
}

func TestTextsOfSeveralStatements(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"BEGIN; SET search_path = a; COMMIT", []string{"set search_path [SET search_path] tx"}},
		{"BEGIN; SET LOCAL a.b = 1; COMMIT; SET LOCAL c.d = 1", []string{"set-local a.b [SET LOCAL a.b] tx", "set-local c.d [SET LOCAL c.d]"}},
		{"START TRANSACTION; SELECT pg_advisory_xact_lock(1); ROLLBACK TO a; SET LOCAL a.b = 1", []string{"advisory-xact-lock 1 [pg_advisory_xact_lock(1)] tx", "set-local a.b [SET LOCAL a.b] tx"}},
		{"SET LOCAL lock_timeout = 1; SELECT 1;", []string{"set-local lock_timeout [SET LOCAL lock_timeout] tx"}},
		{"SET LOCAL lock_timeout = 1;", []string{"set-local lock_timeout [SET LOCAL lock_timeout]"}},
		{"BEGIN; COMMIT AND CHAIN; SET LOCAL a.b = 1", []string{"set-local a.b [SET LOCAL a.b] tx"}},
		{"SET timezone = 'America/Chicago'; insert into t values (1)", []string{"set timezone [SET timezone] tx"}},
		{"select 1;;\n-- RESET ALL\nRESET ALL", []string{"reset-all [RESET ALL] tx"}},
		{"nonsense here; SET ROLE a; more (nonsense", []string{"set-role a [SET ROLE] tx"}},
		{"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END; SET ROLE a", []string{"set-role a [SET ROLE] tx"}},
		{"COPY t (a) FROM stdin;\nSET ROLE x;\n\\.\nSET ROLE a;", []string{"set-role a [SET ROLE] tx"}},
		{"\\connect x\n\\set ON_ERROR_STOP on\nSET ROLE a;", []string{"set-role a [SET ROLE]"}},
		{"-- +goose Up\n-- +goose StatementBegin\nSET ROLE a;\n-- +goose StatementEnd\n---- create above / drop below ----\nRESET ROLE;", []string{"set-role a [SET ROLE] tx", "reset-role [RESET ROLE] tx"}},
	})
}

func TestHolesAndPlaceholders(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"…SET statement_timeout = …", []string{"set statement_timeout [SET statement_timeout]"}},
		{"… SET statement_timeout = …", []string{"set statement_timeout [SET statement_timeout]"}},
		{"…; SET synchronous_commit = 'off'", []string{"set synchronous_commit [SET synchronous_commit] tx"}},
		{"…PREPARE x AS …", []string{"prepare x [PREPARE x]"}},
		{"PREPARE … AS SELECT 1", []string{"prepare [PREPARE …]"}},
		{"SET … = …", []string{"set [SET …]"}},
		{"SET … TO '…'", []string{"set [SET …]"}},
		{"SET …", []string{"set [SET …]"}},
		{"SET … search_path = a", nil},
		{"SET app.… = 'x'", []string{"set [SET app.…]"}},
		{"SET search_path TO …, …", []string{"set search_path [SET search_path]"}},
		{`SET search_path TO "…"`, []string{"set search_path [SET search_path]"}},
		{"SET ROLE …", []string{"set-role [SET ROLE]"}},
		{"SET ROLE '…'", []string{"set-role [SET ROLE]"}},
		{"SET LOCAL … = …", []string{"set-local [SET LOCAL …]"}},
		{"SET LOCAL lock_timeout = …ms", []string{"set-local lock_timeout [SET LOCAL lock_timeout]"}},
		{"SET search_path = ?", []string{"set search_path [SET search_path]"}},
		{"SET search_path = $1", []string{"set search_path [SET search_path]"}},
		{"LISTEN …", []string{"listen [LISTEN …]"}},
		{"LISTEN ?", []string{"listen [LISTEN ?]"}},
		{`UNLISTEN "…"`, []string{`unlisten [UNLISTEN "…"]`}},
		{"UNLISTEN …;", []string{"unlisten [UNLISTEN …]"}},
		{"DEALLOCATE …", []string{"deallocate [DEALLOCATE …]"}},
		{"DECLARE … CURSOR FOR …", []string{"cursor [DECLARE … CURSOR]"}},
		{"CREATE TEMP TABLE … (…) ON COMMIT DROP", []string{"temp-on-commit-drop [CREATE TEMP TABLE …]"}},
		{"CREATE TEMP TABLE tmp_… AS SELECT * FROM …", []string{"temp-object [CREATE TEMP TABLE tmp_…]"}},
		{"LOAD …", []string{"load-library [LOAD …]"}},
		{"SELECT nextval('s') FROM … WHERE … ORDER BY …", []string{"sequence-change s [nextval('s')]"}},
		{"SELECT … FROM t … WHERE a = nextval('s') …", []string{"sequence-change s [nextval('s')]"}},
		{"SELECT nextval(…) FROM generate_series(1, …)", []string{"sequence-change [nextval(…)]"}},
		{"SELECT nextval($…)", []string{"sequence-change [nextval($…)]"}},
		{"INSERT INTO …(…) VALUES (…, nextval('s'))…", []string{"sequence-change s [nextval('s')]"}},
		{"UPDATE t SET … WHERE id = nextval('s')", []string{"sequence-change s [nextval('s')]"}},
		{"SELECT nextval('s') WHERE a IN ? AND b IN (?)", []string{"sequence-change s [nextval('s')]"}},
		{"INSERT INTO ?TableName (a) VALUES (nextval('s'), ?0)", []string{"sequence-change s [nextval('s')]"}},
		{"SELECT nextval('s') WHERE a ?| ARRAY['b'] AND c=? AND d->>'e' = :name::text AND f <@ @arr", []string{"sequence-change s [nextval('s')]"}},
		{"INSERT INTO t (…) … RETURNING nextval('s')", []string{"sequence-change s [nextval('s')]"}},
		{"SELECT nextval('s') FROM …users u WHERE …name = 1 LIMIT … OFFSET …", []string{"sequence-change s [nextval('s')]"}},
		{"SELECT nextval('s'), x[1:2] FROM {{ .Table }} {{ if .Where }} WHERE a = {{ .A }} {{ end }}", []string{"sequence-change s [nextval('s')]"}},
		{"select setval('\"{{.Bucket}}\".\"log_id_{{.ID}}\"', 1)", []string{"sequence-change \"{{.Bucket}}\".\"log_id_{{.ID}}\" [setval('\"{{.Bucket}}\".\"log_id_{{.ID}}\"', 1)]"}},
		{"SELECT pg_advisory_lock(…)…", []string{"advisory-lock [pg_advisory_lock(…)]"}},
		{"…", nil},
		{"… …", nil},
	})
}

func TestTextsOfOtherDialectsAndProse(t *testing.T) {
	for _, text := range []string{
		"SET @x = 1", "SET IDENTITY_INSERT t ON", "set global binlog_format='ROW'", "SET @Cursor = CURSOR FAST_FORWARD FOR SELECT 1",
		"DECLARE @Sql NVARCHAR(500) DECLARE @Cursor CURSOR", "CLOSE @Cursor DEALLOCATE @Cursor", "EXECUTE BLOCK AS BEGIN END",
		"execute procedure f()", "set go to … for …", "Set configuration to version … (schema version …)", "reset your password",
		"set the role to …: …", "listen on …", "load config from …", "discard all changes", "create temp file: …",
		"failed to execute pg_try_advisory_lock: …", "prepare to (set) x", "LISTEN", "SET", "RESET", "ALTER DATABASE CHARACTER SET utf8mb4",
		"deallocate the statement …",
	} {
		checkTexts(t, analyze, []textCase{{text, nil}})
	}
}

package session

import (
	"strings"
	"testing"
)

func TestDoBlocks(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"DO $$ BEGIN SET lock_timeout = 60000; END $$", []string{"set lock_timeout [SET lock_timeout] in do tx"}},
		{"do $$ begin set local lock_timeout = 60000; perform pg_advisory_lock(4370); end; $$", []string{"set-local lock_timeout [set local lock_timeout] in do tx", "advisory-lock 4370 [pg_advisory_lock(4370)] in do tx"}},
		{"DO LANGUAGE plpgsql $a$ BEGIN assert (select pg_try_advisory_lock_shared(4919)); END $a$", []string{"advisory-lock 4919 [pg_try_advisory_lock_shared(4919)] in do tx"}},
		{"DO $$ BEGIN execute format('SET search_path = %s', new_path); END $$", []string{"set search_path [SET search_path] in do tx"}},
		{"DO $$ BEGIN EXECUTE format('SET %I = 1', x); END $$", []string{"set [format('SET %I = 1', x)] in do tx"}},
		{"DO $$ BEGIN EXECUTE 'SET ROLE ' || quote_ident(r); END $$", []string{"set-role [SET ROLE] in do tx"}},
		{"DO $$ DECLARE a int := nextval('a'); BEGIN a := nextval('b'); IF nextval('c') > 1 THEN RETURN; END IF; END $$",
			[]string{"sequence-change a [nextval('a')] in do tx", "sequence-change b [nextval('b')] in do tx", "sequence-change c [nextval('c')] in do tx"}},
		{"DO $$ DECLARE r record; BEGIN FOR r IN SELECT nextval('a') LOOP PERFORM set_config('x.y', '1', true); END LOOP; WHILE nextval('b') < 3 LOOP NULL; END LOOP; EXCEPTION WHEN others THEN RESET ALL; END $$",
			[]string{"sequence-change a [nextval('a')] in do tx", "set-config-local x.y [set_config('x.y', '1', true)] in do tx true", "sequence-change b [nextval('b')] in do tx", "reset-all [RESET ALL] in do tx"}},
		{"DO $$ DECLARE x int; BEGIN SELECT nextval('a') INTO x FROM t; CREATE TEMP TABLE foo ON COMMIT DROP AS SELECT 1; END $$",
			[]string{"sequence-change a [nextval('a')] in do tx", "temp-on-commit-drop foo [CREATE TEMP TABLE foo] in do tx"}},
		{"DO 'BEGIN SET ROLE a; END'", []string{"set-role a [SET ROLE] in do tx"}},
		{"DO 'BEGIN PERFORM nextval(''s''); END'", []string{"sequence-change s [DO] in do tx"}},
		{"DO $$ DECLARE statements CURSOR FOR SELECT 1; BEGIN OPEN statements; END $$", nil},
		{"DO $$ BEGIN CREATE TABLE t (a int DEFAULT nextval('s')); ALTER ROLE x SET search_path = a; END $$", nil},
		{"DO $$ BEGIN -- SET ROLE a;\n NULL; END $$", nil},
		{"DO $$ BEGIN SET ROLE a; SET ROLE a; END $$", []string{"set-role a [SET ROLE] in do tx", "set-role a [SET ROLE] in do tx"}},
		{"DO $$ BEGIN CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN SET ROLE a; END $f$; END $$", []string{"set-role a [SET ROLE] in function tx"}},
		{"DO LANGUAGE plpython3u $$ plpy.execute('SET ROLE a') $$", nil},
		{"SET LOCAL lock_timeout = 1; DO $$ BEGIN NULL; END $$", []string{"set-local lock_timeout [SET LOCAL lock_timeout] tx"}},
	})
}

// Bodies that PL/pgSQL's parser refuses: with holes, templates, or broken.
func TestDoBlocksByToken(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"DO $$ BEGIN … SET lock_timeout = 1; IF pg_try_advisory_lock(1) THEN RESET ROLE; END IF; END $$",
			[]string{"advisory-lock 1 [pg_try_advisory_lock(1)] in do tx", "reset-role [RESET ROLE] in do tx"}},
		{"DO $$ BEGIN {{ if .A }} NULL; {{ end }} PERFORM {{ .F }}(); EXECUTE format('SET search_path = %I', x) USING y; SET ROLE a; x := nextval('s'); CREATE TABLE {{ .T }} (a int DEFAULT nextval('s')); END $$",
			[]string{"set search_path [SET search_path] in do tx", "set-role a [SET ROLE] in do tx", "sequence-change s [nextval('s')] in do tx"}},
	})
}

func TestFunctionBodies(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"CREATE OR REPLACE FUNCTION f(a int) RETURNS int AS $$ BEGIN RETURN nextval('s'); END $$ LANGUAGE plpgsql", []string{"sequence-change s [nextval('s')] in function tx"}},
		{"CREATE PROCEDURE p() LANGUAGE sql AS 'SET ROLE a; RESET ROLE'", []string{"set-role a [SET ROLE] in function tx", "reset-role [RESET ROLE] in function tx"}},
		{"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT nextval('s') $$", []string{"sequence-change s [nextval('s')] in function tx"}},
		{"CREATE FUNCTION f() RETURNS bigint LANGUAGE sql RETURN nextval('s')", []string{"sequence-change s [nextval('s')] in function tx"}},
		{"CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT nextval('s'); END", []string{"sequence-change s [nextval('s')] in function tx"}},
		{"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := nextval('s'); RETURN NEW; END $$", []string{"sequence-change s [nextval('s')] in function tx"}},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DEALLOCATE pganalyze_explain; END $$", []string{"deallocate pganalyze_explain [DEALLOCATE pganalyze_explain] in function tx"}},
		{"CREATE FUNCTION f(a int DEFAULT nextval('s')) RETURNS int LANGUAGE sql AS 'select 1'", nil},
		{"CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql SET search_path = a, pg_temp AS $$ BEGIN RETURN 1; END $$", nil},
		{"CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$ SET search_path = '{{ .Schema }}'", nil},
		{"CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$\nset search_path from current;", nil},
		{"ALTER FUNCTION f()\nSET search_path = a", nil},
		{"CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'nextval', 'nextval'", nil},
	})
}

// The words of what EXECUTE runs stand in its own expression, although another
// before it has them too.
func TestPlaceOfDynamicStatement(t *testing.T) {
	text := `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = %s', d, v); EXECUTE format('SET jit = %s', v); END $$`
	effects := Analyze(text).Effects
	if len(effects) != 1 || effects[0].Start != strings.LastIndex(text, "SET jit") {
		t.Errorf("%+v, want one at %d", effects, strings.LastIndex(text, "SET jit"))
	}
}

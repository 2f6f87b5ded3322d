package session

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRoutines(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"CREATE FUNCTION app.f(a int, b text DEFAULT '') RETURNS void LANGUAGE sql AS $$ SELECT set_config('app.a', 'x', false) $$",
			"app.f(1-2): set-config app.a; calls set_config/3"},
		{"CREATE OR REPLACE FUNCTION f(OUT a int, VARIADIC b int[]) LANGUAGE sql AS 'SELECT 1'", "f(0-*):"},
		{"CREATE PROCEDURE p(a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := g(a); CALL q(); END'", "p(1-2): calls g/1 q/0"},
		{`CREATE FUNCTION "F"() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET ROLE a; END'`, "F(0-0): set-role a"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET LOCAL jit = off; PERFORM set_config(''a.b'', ''c'', true); END'", "f(0-0): calls set_config/3"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET jit = off; RESET jit; END'", "f(0-0):"},
		{"CREATE FUNCTION f(l bool) RETURNS void LANGUAGE sql AS $$ SELECT set_config('a.b', 'c', $1) $$", "f(1-1): calls set_config/3"},
		{"CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('s') $$", "f(0-0): calls nextval/1"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT pg_advisory_lock(1); END", "f(0-0): advisory-lock 1; calls pg_advisory_lock/1"},
		{"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN CREATE TEMP TABLE t (); RETURN new; END'", "f(0-0): temp-object t"},
		{"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN CREATE TEMP TABLE t (); DROP TABLE IF EXISTS pg_temp.t; RETURN new; END'", "f(0-0):"},
		{"CREATE FUNCTION f(q text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''PREPARE s AS '' || q; EXECUTE ''EXPLAIN EXECUTE s''; DEALLOCATE s; END'", "f(1-1):"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN LISTEN a; UNLISTEN a; RESET ALL; END'", "f(0-0):"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''LISTEN a''; END'", "f(0-0): listen a"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpython3u AS 'plpy.execute(\"SET ROLE a\")'", "f(0-0):"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE c AS 'lib', 'f'", "f(0-0):"},
		{"DROP FUNCTION IF EXISTS a.f(int), g; DROP PROCEDURE p", "drop a.f; drop g; drop p"},
		{"CREATE FUNCTION", ""},
		{"SELECT f()", ""},
		{"CREATE TABLE function (a int)", ""},
	} {
		var got []string
		for _, r := range Routines(test.text) {
			got = append(got, spelled(r, test.text))
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func spelled(r Routine, text string) string {
	name := strings.TrimPrefix(r.Schema+"."+r.Name, ".")
	if r.Dropped {
		return "drop " + name
	}
	most := fmt.Sprint(r.Most)
	if r.Most < 0 {
		most = "*"
	}
	var does []string
	for _, e := range r.Effects {
		if e.Start < 0 || e.End > len(text) || e.Start >= e.End {
			return fmt.Sprintf("range %d to %d", e.Start, e.End)
		}
		does = append(does, fmt.Sprintf("%s %s", e.Kind, e.Object))
	}
	var calls []string
	for _, c := range r.Calls {
		calls = append(calls, fmt.Sprintf("%s/%d", strings.TrimPrefix(c.Schema+"."+c.Name, "."), c.Args))
	}
	if len(calls) > 0 {
		does = append(does, "calls "+strings.Join(calls, " "))
	}
	return strings.TrimRight(fmt.Sprintf("%s(%d-%s): %s", name, r.Least, most, strings.Join(does, "; ")), " ")
}

func TestCalls(t *testing.T) {
	for text, want := range map[string][]string{
		"SELECT app.f($1), g(h(1))":                                    {"app.f/1 app.f($1)", "g/1 g(h(1))", "h/1 h(1)"},
		"CALL p()":                                                     {"p/0 p()"},
		`SELECT * FROM "F"(?) WHERE now() > g()`:                       {"F/1 \"F\"(?)", "now/0 now()", "g/0 g()"},
		"INSERT INTO t VALUES (f(1)) RETURNING g(a)":                   {"f/1 f(1)", "g/1 g(a)"},
		"CREATE VIEW v AS SELECT f()":                                  nil,
		"CREATE TABLE t (a int DEFAULT f())":                           nil,
		"CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT f()'": nil,
		"SELECT f(":                  nil,
		"EXPLAIN ANALYZE SELECT f()": {"f/0 f()"},
		"EXPLAIN SELECT f()":         nil,
	} {
		var got []string
		for _, c := range Calls(text) {
			got = append(got, fmt.Sprintf("%s/%d %s", strings.TrimPrefix(c.Schema+"."+c.Name, "."), c.Args, text[c.Start:c.End]))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

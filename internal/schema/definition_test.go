package schema

import (
	"fmt"
	"strings"
	"testing"
)

func TestDefinitions(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"CREATE FUNCTION app.f(a int, b text DEFAULT '') RETURNS void LANGUAGE sql AS $$ SELECT set_config('app.a', 'x', false) $$",
			"app.f(1-2): set-config app.a; calls set_config/3"},
		{"CREATE OR REPLACE FUNCTION f(OUT a int, VARIADIC b int[]) LANGUAGE sql AS 'SELECT 1'", "f(0-*):"},
		{"CREATE PROCEDURE p(a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := g(a); CALL q(); END'", "p(1-2): calls g/1 q/0"},
		{`CREATE FUNCTION "F"() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET ROLE a; END'`, "F(0-0): set-role a"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET LOCAL jit = off; PERFORM set_config(''a.b'', ''c'', true); END'", "f(0-0): calls set_config/3"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN SET jit = off; RESET jit; END'", "f(0-0):"},
		{"CREATE FUNCTION f(l bool) RETURNS void LANGUAGE sql AS $$ SELECT set_config('a.b', 'c', $1) $$", "f(1-1): set-config a.b; calls set_config/3"},
		{"CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('s') $$", "f(0-0): calls nextval/1"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT pg_advisory_lock(1); END", "f(0-0): advisory-lock 1; calls pg_advisory_lock/1"},
		{"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN CREATE TEMP TABLE t (); RETURN new; END'", "f(0-0): temp-object t"},
		{"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN CREATE TEMP TABLE t (); DROP TABLE IF EXISTS pg_temp.t; RETURN new; END'", "f(0-0):"},
		{"CREATE FUNCTION f(q text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''PREPARE s AS '' || q; EXECUTE ''EXPLAIN EXECUTE s''; DEALLOCATE s; END'", "f(1-1):"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN LISTEN a; UNLISTEN a; RESET ALL; END'", "f(0-0):"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''LISTEN a''; END'", "f(0-0): listen a"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DECLARE c CURSOR WITH HOLD FOR SELECT 1'", "f(0-0): cursor-hold c"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DECLARE c CURSOR FOR SELECT 1'", "f(0-0):"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE plpython3u AS 'plpy.execute(\"SET ROLE a\")'", "f(0-0):"},
		{"CREATE FUNCTION f() RETURNS void LANGUAGE c AS 'lib', 'f'", "f(0-0):"},
		{"DROP FUNCTION IF EXISTS a.f(int), g; DROP PROCEDURE p", "drop a.f; drop g; drop p"},
		{"CREATE FUNCTION", ""},
		{"SELECT f()", ""},
		{"CREATE TABLE function (a int)", ""},
	} {
		var got []string
		for _, r := range defined(Source{Text: test.text}, definesRoutine) {
			if r.Kind == Routine {
				got = append(got, spelled(r, test.text))
			}
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func spelled(r Definition, text string) string {
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
		calls = append(calls, fmt.Sprintf("%s/%d", strings.TrimPrefix(c.Schema+"."+c.Name, "."), c.Count))
	}
	if len(calls) > 0 {
		does = append(does, "calls "+strings.Join(calls, " "))
	}
	return strings.TrimRight(fmt.Sprintf("%s(%d-%s): %s", name, r.Least, most, strings.Join(does, "; ")), " ")
}

// Calls that stand in each other are read in one pass.
func TestCallsInEachOther(t *testing.T) {
	const deep = 20_000
	calls := scan("select " + strings.Repeat("f(1, ", deep) + "g()" + strings.Repeat(")", deep)).calls()
	if len(calls) != deep+1 || calls[0].Count != 2 || calls[deep].Count != 0 {
		t.Errorf("%d calls", len(calls))
	}
	if calls := scan(")))((( f( ] , a.b(").calls(); len(calls) != 2 {
		t.Errorf("%+v", calls)
	}
}

func FuzzDefinitions(f *testing.F) {
	for _, body := range []string{"select set_config('a', $1, false)", "begin perform f(1); set role a; end", "begin execute 'set ' || x; end", "select f(((", "BEGIN ATOMIC SELECT f(1); END"} {
		f.Add("create function a.f(x int default 1) returns void language plpgsql as $$ " + body + " $$; drop function g, h")
		f.Add("create or replace procedure \"P\"(out x int) language sql as '" + strings.ReplaceAll(body, "'", "''") + "';" + body)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		all := Source{Name: "a.sql", Text: text}
		lines := 1 + strings.Count(text, "\n")
		for _, d := range defined(all, func(string) bool { return true }) {
			for _, e := range append(d.Effects, Effect{Place: d.Place}) {
				if e.Line < 1 || e.Line > lines || e.Column < 1 || e.Column > len(text)+1 {
					t.Fatalf("%s of %s: at %d:%d of %d lines", e.Kind, d.Name, e.Line, e.Column, lines)
				}
			}
		}
		s := New([]Source{all})
		for _, call := range CallsIn(text) {
			if call.Start < 0 || call.End <= call.Start || call.End > len(text) {
				t.Fatalf("%+v of %d", call, len(text))
			}
			s.Does(call)
		}
	})
}

package trace

import (
	"fmt"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/pglog"
	"github.com/poolvet/poolvet/internal/session"
)

// normal is a statement's text as it is shown, with values bound to it.
func normal(sql string, values ...string) string {
	var params []pglog.Param
	for _, v := range values {
		params = append(params, pglog.Param{Value: v})
	}
	return strings.ReplaceAll(Of(sql, bound(params)).Text, hole, "…")
}

func TestNormalKeepsWhatDecides(t *testing.T) {
	for _, test := range []struct{ sql, want string }{
		{"SELECT  a,b FROM t\n\tWHERE c='x' AND d = 1 AND e=$1", "SELECT a, b FROM t WHERE c = … AND d = … AND e = …"},
		{"SELECT set_config('Jit','off',false)", "SELECT set_config('jit', …, false)"},
		{"SELECT pg_catalog.set_config('jit', 'off', 't'::bool)", "SELECT pg_catalog.set_config('jit', …, true::bool)"},
		{"SET search_path TO a, b", "SET search_path TO …"},
		{"SET work_mem = '1GB'", "SET work_mem = …"},
		{"SET work_mem TO DEFAULT", "SET work_mem TO DEFAULT"},
		{"SET ROLE admin", "SET ROLE …"},
		{"SET TIME ZONE 'UTC'", "SET TIME ZONE …"},
		{"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"},
		{"SELECT 1 FROM t WHERE a IN ($1, $2, $3)", "SELECT … FROM t WHERE a IN (…)"},
		{"SELECT * FROM t LIMIT -1", "SELECT * FROM t LIMIT - …"},
		{"SELECT f(-1)", "SELECT f(…)"},
		{"DEALLOCATE pdo_stmt_0000000a", "DEALLOCATE pdo_stmt_…"},
		{"DEALLOCATE \"pdo_stmt_0000000a\"", "DEALLOCATE pdo_stmt_…"},
		{"DEALLOCATE \"Plan1\"", "DEALLOCATE \"Plan…\""},
		{"DEALLOCATE dbdpg_p4711_1f", "DEALLOCATE dbdpg_p…_…"},
		{"DEALLOCATE __asyncpg_stmt_1f__", "DEALLOCATE __asyncpg_stmt_…"},
		{"DEALLOCATE ALL", "DEALLOCATE ALL"},
		{"DO $x$ BEGIN PERFORM set_config('a.b', 'secret', false); END $x$", "DO $$ BEGIN PERFORM set_config('a.b', …, false); END $$"},
	} {
		if got := normal(test.sql); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.sql, got, test.want)
		}
	}
}

func TestBoundValuesFillWhatDecides(t *testing.T) {
	for _, test := range []struct {
		sql, want string
		values    []string
	}{
		{"SELECT set_config($1, $2, $3)", "SELECT set_config('jit', …, false)", []string{"jit", "off", "f"}},
		{"SELECT set_config($1, $2, $3)", "SELECT set_config('app.tenant', …, true)", []string{"app.tenant", "hunter2", "on"}},
		{"SELECT set_config($1, $2, $3)", "SELECT set_config(…, …, …)", nil},
		// What is no name of a parameter is a value like any other.
		{"SELECT set_config($1, $2, $3)", "SELECT set_config(…, …, …)", []string{"p4ss word", "x", "perhaps"}},
	} {
		if got := normal(test.sql, test.values...); got != test.want {
			t.Errorf("%s with %q\ngot  %s\nwant %s", test.sql, test.values, got, test.want)
		}
	}
}

// Passwords stand in many a statement of a log.
func TestNoSecretIsKept(t *testing.T) {
	for _, sql := range []string{
		"ALTER ROLE app PASSWORD 'hunter2'",
		"CREATE USER app WITH ENCRYPTED PASSWORD E'hunter2'",
		"SELECT dblink_connect('c', 'host=x password=hunter2')",
		"SET app.password TO hunter2",
		"SET app.password = hunter2, hunter2",
		"SET SESSION app.password TO 'hunter2'",
		"SET LOCAL ROLE hunter2",
		"DO $$ BEGIN IF true THEN SET app.password TO hunter2; END IF; SET app.password = hunter2; END $$",
		"ALTER ROLE app SET app.password TO hunter2",
		"ALTER SYSTEM SET app.password = hunter2, hunter2",
		"SELECT set_config('app.password', 'hunter2', false)",
		"SELECT set_config('app.password', $$hunter2$$, false)",
		"SELECT set_config('hunter2 hunter2', 'x', false)",
		"SELECT crypt($a$hunter2$a$, gen_salt('bf'))",
		"DO $$ BEGIN EXECUTE 'ALTER ROLE app PASSWORD ''hunter2'''; END $$",
		"ALTER ROLE app PASSWORD 'hunter2",
		"DO $$ BEGIN PERFORM 'hunter2'",
	} {
		if got := normal(sql); strings.Contains(got, "hunter2") {
			t.Errorf("%s\nis kept as %s", sql, got)
		}
	}
}

// A log has any bytes, and a statement is always an instance of itself.
func FuzzNormal(f *testing.F) {
	f.Add("SELECT set_config($1, 'a', false) -- name: X", "x")
	f.Add("DO $a$ b 'c", "y")
	f.Add("SET a = DEFAULT; (1, -2, {{x}} \x00)", "")
	f.Fuzz(func(t *testing.T, sql, value string) {
		n := Of(sql, func(string) (string, bool) { return value, true })
		if !matches(n.tokens, n.tokens) {
			t.Errorf("%q is no instance of itself", n.Text)
		}
	})
}

// Texts of one shape are the same statements: one stands for all.
func FuzzShape(f *testing.F) {
	for _, sql := range []string{"SELECT a1, 2 FROM \"t 3\" WHERE b = 'it''s' AND c IN (1,2)", "SELECT set_config('a', '1', false)",
		"SELECT E'a\\'1' -- '", "SELECT 7 -- 'q\n, 'q' /* it's 7 */ + 7", "/* a /* 7 */ 'q */ SELECT 7", "SELECT a --/* 'q'\r, 7", "SELECT '{{a}}', $1, $x$ 1 $x$", "x'1''2' || 3.5e7", "SELECT 1'2", "SET a = '1', 2",
		"SELECT 1 /*route='q',action='7'*/", "SELECT 1 /*action='q',route='7',traceparent='7'*/", "/*route='-- name: a7'*/ SELECT 1"} {
		f.Add(sql, "7", "q")
	}
	f.Fuzz(func(t *testing.T, sql, number, word string) {
		if number == "" || strings.Trim(number, "0123456789") != "" || strings.ContainsAny(word, "'\\{\x00") {
			return
		}
		other := strings.ReplaceAll(strings.ReplaceAll(sql, "7", number), "'q'", "'"+word+"'")
		if string(shape(nil, sql)) == string(shape(nil, other)) && normalAll(sql) != normalAll(other) {
			t.Errorf("%q and %q have one shape", sql, other)
		}
	})
}

// Comments say who sent a statement, and hide no values of it.
func TestShapesOfComments(t *testing.T) {
	a := "-- name: It's :one\nSELECT 1, 'x' /*application='shop'*/ - 2 / 3"
	for other, same := range map[string]bool{
		"-- name: It's :one\nSELECT 7, 'another' /*application='shop'*/ - 44 / 5":                   true,
		"-- name: It's :one\nSELECT 7, 'another' /*application='shop 2'*/ - 44 / 5":                 false,
		"-- name: It's :one\nSELECT 7, 'x' /*application='shop',traceparent='00-5bd6-01'*/ - 2 / 3": false,
		"-- name: Its :one\nSELECT 7, 'another' /*application='shop'*/ - 44 / 5":                    false,
	} {
		if got := string(shape(nil, a)) == string(shape(nil, other)); got != same {
			t.Errorf("%q: of one shape: %t", other, got)
		}
	}
	run := "SELECT 1 /*action='a',route='%s',traceparent='00-%s-01'*/"
	if one, two := fmt.Sprintf(run, "/users/1", "5bd6"), fmt.Sprintf(run, "/users/2", "c532"); string(shape(nil, one)) != string(shape(nil, two)) {
		t.Error("what tells runs apart tells statements apart")
	}
}

func normalAll(sql string) (all string) {
	for _, span := range session.Statements(sql) {
		all += normal(sql[span.Start:span.End]) + ";"
	}
	return all
}

// Each process and each cursor has a name of its own; they are one row.
func TestNamesThatDriversCountAreOne(t *testing.T) {
	got := told(t, nil, run("", "1", "DEALLOCATE dbdpg_p4711_1f"), run("", "2", "DEALLOCATE dbdpg_p4712_2"), run("", "3", "DEALLOCATE dbdpg_p815_a0"))
	want(t, got, "DEALLOCATE dbdpg_p…_…   3 times, 3 sessions")
}

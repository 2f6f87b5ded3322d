package trace

import (
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/pglog"
)

// as is an entry of a user.
func as(user, host string, e *pglog.Entry) *pglog.Entry {
	e.User, e.Host = user, host
	return e
}

func TestUserAndHostsAreShown(t *testing.T) {
	got := told(t, nil, as("shop", "10.0.0.1", run("billing", "1", "SET jit = off")), as("shop", "10.0.0.2", run("billing", "2", "SET jit = off")),
		as("admin", "", run("billing", "3", "SET jit = off")))
	want(t, got, "2 times, 2 sessions, app billing, user shop", "    from 10.0.0.1, 10.0.0.2\n", "1 time, 1 session, app billing, user admin")
	var entries []*pglog.Entry
	for _, host := range strings.Split("abcd", "") {
		entries = append(entries, as("shop", host, run("", "1", "SET jit = off")))
	}
	want(t, told(t, nil, entries...), "    from 4 hosts\n")
}

// Below a row stands where the log has it first.
func TestWhereTheLogHasItFirst(t *testing.T) {
	first, again := run("", "4711", "SET jit = off"), run("", "4712", "SET jit = off")
	first.File, first.Line, again.File, again.Line = "pg.log", 7, "pg.log", 8
	want(t, told(t, nil, first, again), "    first at pg.log:7, in session 4711")
}

// What else an application sends tells whose a statement is that several send.
func TestWhatElseAnApplicationSends(t *testing.T) {
	sources := code("SET search_path TO …", "SELECT id, name FROM orders WHERE id = $1")
	rails := []*pglog.Entry{
		as("rails", "", run("", "1", "SET standard_conforming_strings = on")),
		as("rails", "", run("", "1", "SET client_min_messages TO 'warning'")),
		as("rails", "", run("", "1", "SET search_path TO tenant_1")),
	}
	got := told(t, sources, rails...)
	want(t, got, "Rails may send it for schema_search_path")
	if strings.Contains(got, "a.go") || strings.Contains(got, "Liquibase") {
		t.Errorf("the program's line, or another client's, in\n%s", got)
	}
	got = told(t, sources, append(rails,
		as("shop", "", run("", "2", "SET search_path TO tenant_1")), as("shop", "", run("", "2", "SELECT id, name FROM orders WHERE id = $1", "7")))...)
	_, shop, _ := strings.Cut(got, "user shop")
	shop, _, _ = strings.Cut(shop, "\nSET")
	want(t, shop, "a.go:1:1  db.Exec in app.Use")
	if strings.Contains(shop, "Rails") {
		t.Errorf("Rails is named for what the program sends:\n%s", shop)
	}
	got = told(t, sources, append(rails, as("rails", "", run("", "2", "SELECT id, name FROM orders WHERE id = $1", "7")))...)
	want(t, got, "a.go:1:1", "or no line of these packages: Rails may send it") // both, under one name
}

// Under one name several clients can be at work: the busiest is not all of them.
func TestSeveralClientsUnderOneName(t *testing.T) {
	jdbc := as("app", "", run("", "2", "SELECT 1"))
	jdbc.Name = "S_1"
	own := "SELECT id, name FROM orders WHERE id = $1"
	got := told(t, code(own), jdbc, as("app", "", run("", "3", own, "7")),
		as("app", "", run("", "1", "SET standard_conforming_strings = on")), as("app", "", run("", "1", "SET client_min_messages TO 'warning'")),
		as("app", "", run("", "2", "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE")), as("app", "", run("", "1", "SET SESSION search_path TO 'x'")))
	want(t, got, "JDBC may send it for setTransactionIsolation", "JDBC may send it for setSchema")
}

// Comments of the statement decide where they are there.
func TestCommentsOfSqlcommenter(t *testing.T) {
	for _, test := range []struct{ name, sql, want, not string }{
		{"another's", "SET jit = off /*controller='index',framework='django%3A4.2',route='%5Epolls/secret'*/",
			"no line of these packages: a program with Django", "a.go"},
		{"what it says", "SET jit = off /*controller='index',framework='django%3A4.2',route='%5Epolls/secret'*/",
			"its comment: django:4.2, controller index\n", "secret"},
		{"a library below a framework", "SET jit = off /*db_framework='sqlalchemy%3A2.0',framework='flask%3A3'*/", "a program with SQLAlchemy", "a.go"},
		{"Rails' own", "/*application:Shop,controller:carts,action:show*/ SET jit = off;", "its comment: application Shop, controller carts, action show", ""},
		{"of this program", "SET jit = off /*action='main.Other',db_driver='database%2Fsql%3Apgx',traceparent='00-5bd6'*/;", "a.go:2:1", "a.go:1:1"},
		{"an escape that is none", "SET jit = off /*action='a%zz\\'b'*/", `action a%zz\'b`, ""},
		{"a literal is no comment", "SET x.y = '/*framework=''django''*/'", "no line of these packages: dynamic SQL", "django"},
	} {
		sources := code("SET jit = off", "SET jit = off")
		sources[1].Func = "Other"
		got := told(t, sources, run("", "1", test.sql))
		if !strings.Contains(got+"\n", test.want) || test.not != "" && strings.Contains(got, test.not) {
			t.Errorf("%s: want %q, and not %q:\n%s", test.name, test.want, test.not, got)
		}
	}
}

// The name of a prepared statement tells which driver made it.
func TestNamesOfPreparedStatementsTell(t *testing.T) {
	sources := code("SET search_path TO …", "SELECT id, name FROM orders WHERE id = $1", "SELECT now()", "SELECT set_config('app.tenant', 'x', false)")
	prepared := func(name, sql string) *pglog.Entry {
		e := run("", "1", sql)
		e.Name = name
		return e
	}
	const set = "SET search_path TO a"
	for _, test := range []struct {
		name      string
		entries   []*pglog.Entry
		want, not string
	}{
		{"another's", []*pglog.Entry{prepared("__asyncpg_stmt_1__", set)}, "no line of these packages: a program with asyncpg\n", "a.go"},
		{"what another sends by itself", []*pglog.Entry{prepared("S_1", "SET SESSION search_path TO 'a'")}, "no line of these packages: JDBC sends it for setSchema", "a.go"},
		{"a framework above it", []*pglog.Entry{prepared("__asyncpg_stmt_1__", "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE")},
			"SQLAlchemy may send it for isolation_level", "JDBC"},
		{"Go's", []*pglog.Entry{prepared("stmtcache_0a", set)}, "    a.go:1:1", "Rails"},
		{"of another Go program", []*pglog.Entry{prepared("stmtcache_0a", "SET jit = off")}, "no line of these packages: another Go program, with pgx\n", "a.go"},
		{"what the same application sends", []*pglog.Entry{as("web", "", prepared("_pg3_1", "SELECT 1")), as("web", "", run("", "1", set))}, "no line of these packages: a program with psycopg 3\n", "a.go"},
		{"of an application that nothing explains", []*pglog.Entry{as("web", "", prepared("_pg3_1", "SELECT 1")), as("web", "", run("", "1", "SET jit = off"))},
			"no line of these packages: a program with psycopg 3\n", "dynamic SQL"},
		{"two programs under one name", []*pglog.Entry{as("web", "", prepared("_pg3_1", "SELECT 1")), as("web", "", run("", "1", set)),
			as("web", "", run("", "1", "SELECT id, name FROM orders WHERE id = $1", "7"))}, "    a.go:1:1", "psycopg"},
		{"a short statement tells no program", []*pglog.Entry{as("web", "", prepared("_pg3_1", "SELECT 1")), as("web", "", run("", "1", set)), as("web", "", run("", "1", "SELECT now()"))},
			"a program with psycopg 3\n", "a.go"},
		{"no statement vouches for itself", []*pglog.Entry{as("web", "", prepared("_pg3_1", "SELECT 1")), as("web", "", run("", "1", "SELECT set_config('app.tenant', 'x', false)"))},
			"a program with psycopg 3\n", "a.go"},
		{"no name at all", []*pglog.Entry{prepared("_pg3_1", "SELECT 1"), run("", "1", set)}, "    a.go:1:1", "psycopg"},
	} {
		got := told(t, sources, test.entries...)
		if !strings.Contains(got+"\n", test.want) || strings.Contains(got, test.not) {
			t.Errorf("%s: want %q, and not %q:\n%s", test.name, test.want, test.not, got)
		}
	}
}

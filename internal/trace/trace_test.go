package trace

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pglog"
	"github.com/poolvet/poolvet/internal/sent"
)

func behind(t testing.TB, names ...string) []Behind {
	t.Helper()
	all, err := BehindEach(analyzer.Options{}, names)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// run is an entry of a statement that ran with bound values.
func run(app, session, sql string, values ...string) *pglog.Entry {
	e := &pglog.Entry{App: app, Session: session, SQL: sql, Step: pglog.Execute, Calls: 1}
	for _, v := range values {
		e.Params = append(e.Params, pglog.Param{Value: v})
	}
	return e
}

// code are texts of a program, a line each.
func code(texts ...string) (all []*Source) {
	for i, sql := range texts {
		all = append(all, &Source{Statement: sent.Statement{SQL: strings.ReplaceAll(sql, "…", hole), By: "db.Exec", Func: "Use"}, File: "a.go", Line: i + 1, Column: 1, Package: "example.com/app"})
	}
	return all
}

// told is what is said of a log, without what was read.
func told(t *testing.T, sources []*Source, entries ...*pglog.Entry) string {
	t.Helper()
	l := NewLog(behind(t, "rdsproxy"))
	for _, e := range entries {
		l.Add(e)
	}
	var b bytes.Buffer
	if err := WriteText(&b, l.Report(new(output.Report), pglog.Counts{}, sources), false); err != nil {
		t.Fatal(err)
	}
	rows, _, _ := strings.Cut(b.String(), "\n\n")
	return rows
}

func want(t *testing.T, got string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(got, line) {
			t.Errorf("%q is missing in\n%s", line, got)
		}
	}
}

// The incident: no one wrote the statement, and its arguments are in no
// pg_stat_statements.
func TestIncidentIsAsyncpg(t *testing.T) {
	first := "\n SELECT\n current_setting('jit') AS cur,\n set_config('jit', 'off', false) AS new\n "
	var entries []*pglog.Entry
	for i := range 5 {
		session := fmt.Sprint(i)
		entries = append(entries, run("billing", session, first), run("billing", session, "\n SELECT\n set_config('jit', $1, false)\n ", "on"))
	}
	got := told(t, code("SELECT …", "SELECT … FROM …", "SELECT set_config('app.tenant', $1, false)"), entries...)
	want(t, got, "set_config('jit', …, false)   5 times, 5 sessions, app billing   pins the connection behind RDS Proxy",
		"no line of these packages: asyncpg sends it while it reads types; tell it", "connection.py#L511", "connection.py#L537")
	if strings.Contains(got, "a.go") || strings.Contains(got, "'on'") || strings.Contains(got, "'off'") {
		t.Errorf("a line of the program, or a value, in\n%s", got)
	}
}

func TestStatisticsSayWhatTheyHide(t *testing.T) {
	e := &pglog.Entry{Kind: pglog.Statistic, SQL: "SELECT set_config($2, $3, $4)", Calls: 4711}
	got := told(t, nil, e)
	want(t, got, "4711 times", "which parameter it sets, and whether for the session or the transaction, is not in the log; log_statement = all shows it")
	e = run("", "1", "SELECT set_config($1, $2, $3)", "jit", "off", "f")
	e.Params[0].Cut = true
	want(t, told(t, nil, e), "which parameter it sets, is not in the log; log_parameter_max_length = -1 shows it")
}

func TestWhoseALineIs(t *testing.T) {
	for _, test := range []struct {
		name, app, sql string
		code           []string
		lines          []string // of the program, "" for another's word
	}{
		{"a constant", "", "SET work_mem = '1GB'", []string{"SET work_mem = '64MB'", "SET jit = off"}, []string{"a.go:1:1  db.Exec in app.Use"}},
		{"a value of Sprintf", "", "SET search_path TO a, public", []string{"SET search_path TO …"}, []string{"a.go:1:1"}},
		{"a part of a name", "", "CREATE TEMP TABLE tmp_17 (a int)", []string{"CREATE TEMP TABLE tmp_… (a int)", "CREATE TEMP TABLE x_… (a int)"}, []string{"a.go:1:1"}},
		{"several, the best first", "", "SET jit = off", []string{"SET … = …", "SET jit = …"}, []string{"a.go:2:1  db.Exec in app.Use\n    a.go:1:1"}},
		{"sqlc's name", "", "-- name: Two :exec\nSET jit = off", []string{"-- name: One :exec\nSET jit = off", "-- name: Two :exec\nSET jit = off"}, []string{"    a.go:2:1"}},
		{"no words of its own", "", "SET jit = off", []string{"… …", "SELECT …"}, []string{"no line of these packages: dynamic SQL, another program, or a person"}},
		{"a person", "psql", "SET work_mem = '1GB'", []string{"SET work_mem = '64MB'"}, []string{"no line of these packages: a person or a script with psql"}},
		{"the name of an application", "pg_dump", "SET DATESTYLE = ISO", nil, []string{"pg_dump sends it before it dumps"}},
		{"of another", "psql", "SET DATESTYLE = ISO", nil, []string{"a person or a script with psql"}},
		{"drivers alike", "", "UNLISTEN *", nil, []string{"asyncpg may send it when its pool", "Npgsql may send it when its pool"}},
		{"anyone's", "", "SET search_path TO tenant_1", nil, []string{"Rails may send it for schema_search_path", "Liquibase may send it while it migrates"}},
		{"a prepared statement of PHP", "", "DEALLOCATE pdo_stmt_00000a1f", nil, []string{"PDO sends it when a statement goes"}},
		{"of psycopg", "", "DEALLOCATE _pg3_12", nil, []string{"psycopg 3 sends it"}},
		{"one of several that the code can send", "", "SELECT set_config('jit', 'on', false)", []string{"SELECT set_config($1, $2, false)"}, []string{"a.go:1:1", "or no line of these packages: asyncpg"}},
	} {
		got := told(t, code(test.code...), run(test.app, "1", test.sql))
		for _, line := range test.lines {
			if !strings.Contains(got, line) {
				t.Errorf("%s: %q is missing in\n%s", test.name, line, got)
			}
		}
		if strings.Count(got, "a.go") != strings.Count(strings.Join(test.lines, " "), "a.go") {
			t.Errorf("%s: other lines in\n%s", test.name, got)
		}
	}
}

// What the code binds to a placeholder tells its statement from another's.
func TestBoundConstantsTellStatementsApart(t *testing.T) {
	sources := code("SELECT set_config($1, $2, false)", "SELECT set_config($1, $2, false)")
	sources[0].Bound = map[string]string{"1": "app.tenant"}
	sources[1].Bound = map[string]string{"1": "app.user"}
	got := told(t, sources, run("", "1", "SELECT set_config($1, $2, false)", "app.user", "x"))
	if !strings.Contains(got, "a.go:2") || strings.Contains(got, "a.go:1:") {
		t.Errorf("not the second line alone:\n%s", got)
	}
}

func TestWhatALibraryDoesByItself(t *testing.T) {
	library := func(by string, kind effect.Kind) *Source {
		return &Source{Statement: sent.Statement{By: by, Does: effect.Effect{Kind: kind}}, File: "m.go", Line: 7, Column: 2, Package: "app"}
	}
	sources := append(code("SELECT id, name FROM orders WHERE id = $1", "LISTEN …", "SELECT pg_advisory_unlock($1)"),
		library("migrate.New", effect.MigrationLock), library("conn.DeallocateAll", effect.EvictStatement), library("pq.NewListener", effect.Listener))
	const migrates = "m.go:7:2  migrate.New (the library sends it by itself)"
	prepared := run("web", "1", "SELECT 1")
	prepared.Name = "__asyncpg_stmt_1__"
	rails := func(sql string) []*pglog.Entry {
		return []*pglog.Entry{run("rails", "1", "SET standard_conforming_strings = on"), run("rails", "1", "SET intervalstyle = iso_8601"), run("rails", "1", sql)}
	}
	for _, test := range []struct {
		name      string
		entries   []*pglog.Entry
		want, not string
	}{
		{"alone", []*pglog.Entry{run("", "1", "SELECT pg_advisory_lock($1)", "42")}, migrates, "a.go"},
		{"where another may, and nothing tells", []*pglog.Entry{run("", "1", "DEALLOCATE ALL")}, "or no line of these packages: psycopg 3 may send it", "Rails"},
		{"that psycopg sends too", []*pglog.Entry{run("", "1", "DEALLOCATE ALL")}, "conn.DeallocateAll (the library", "a.go"},
		{"of what is the program for sure", []*pglog.Entry{run("shop", "1", "SELECT id, name FROM orders WHERE id = $1", "1"), run("shop", "1", "LISTEN a"), run("shop", "1", "DEALLOCATE ALL")},
			"conn.DeallocateAll (the library", "psycopg"},
		{"of an application that is another's", []*pglog.Entry{prepared, run("web", "1", "SELECT pg_advisory_unlock_all()")}, "asyncpg may send it", "m.go"},
		{"where both are at work under one name", []*pglog.Entry{prepared, run("web", "1", "SELECT id, name FROM orders WHERE id = $1", "1"), run("web", "1", "SELECT pg_advisory_unlock_all()")},
			"or no line of these packages: asyncpg may send it", "a.go"},
		{"whose words are another's", []*pglog.Entry{run("shop", "1", "LISTEN a"), run("shop", "1", "DEALLOCATE _pg3_7")}, "psycopg 3 sends it", "DeallocateAll"},
		{"of one that says so by what else it sends", rails("SELECT pg_advisory_unlock(7)"), "Rails may send it while it migrates", "m.go"},
		{"beside a text of the program", []*pglog.Entry{run("", "1", "SELECT pg_advisory_unlock($1)", "42")}, migrates, "Rails"},
		{"which is of the program as well", []*pglog.Entry{run("", "1", "SELECT pg_advisory_unlock($1)", "42")}, "a.go:3:1", "Rails"},
		{"a listener, whose channels the program names", []*pglog.Entry{run("", "1", "LISTEN a")}, "a.go:2:1", "m.go"},
	} {
		got := told(t, sources, test.entries...)
		if !strings.Contains(got, test.want) || strings.Contains(got, test.not) {
			t.Errorf("%s: want %q, and not %q:\n%s", test.name, test.want, test.not, got)
		}
	}
}

// One run is told of at Parse, Bind and Execute.
func TestRunsAreCountedOnce(t *testing.T) {
	var entries []*pglog.Entry
	for _, step := range []pglog.Step{pglog.Parse, pglog.Bind, pglog.Execute, pglog.Plan, pglog.Audit} {
		e := run("", "1", "SET jit = off")
		e.Step = step
		entries = append(entries, e)
	}
	want(t, told(t, nil, entries...), "SET jit   1 time, 1 session ")
	want(t, told(t, nil, entries[3], entries[3]), "SET jit   2 times")
}

func TestPinsAreJoined(t *testing.T) {
	pin := &pglog.Entry{Kind: pglog.Pin, Calls: 1, Reason: "SQL changed session settings", Digest: "set search_path to $1,$2"}
	got := told(t, nil, run("", "1", "SET search_path TO a, b"), pin, pin)
	want(t, got, "the proxy's log: pinned 2 times")
	if strings.Count(got, "SET search_path") != 1 {
		t.Errorf("the pin has a row of its own:\n%s", got)
	}
	want(t, told(t, code("SET search_path TO …"), pin), "by the proxy's log", "the proxy's log: SQL changed session settings", "a.go:1:1")
	will := &pglog.Entry{Kind: pglog.Pin, Calls: 1, Step: pglog.Parse, Digest: pin.Digest, Reason: pin.Reason}
	want(t, told(t, nil, will, pin, will), "set search_path   1 time, by")
	want(t, told(t, nil, &pglog.Entry{Kind: pglog.Pin, Calls: 1, Reason: "A parse message was detected."}), "the pooler's log, 1 time: A parse message was detected.")
}

// Memory is bounded by the statements that are told apart, whose number is.
func TestStatementsBeyondTheLimitAreCounted(t *testing.T) {
	l := NewLog(behind(t, "rdsproxy"))
	for i := range maxKinds + 7 {
		l.Add(run("", "1", fmt.Sprintf("SELECT a%d", i)))
	}
	for range 2 {
		l.Add(run("", "1", "SELECT another"))
	}
	if len(l.kinds) != maxKinds || l.Dropped != 9 || len(l.cached) > maxCached {
		t.Errorf("%d rows, %d dropped, %d cached", len(l.kinds), l.Dropped, len(l.cached))
	}
}

// A log has millions of runs of what is known: none is read again for its values.
func TestWhatIsKnownIsNotReadAgain(t *testing.T) {
	l := NewLog(behind(t, "rdsproxy"))
	for _, e := range []*pglog.Entry{
		run("app", "1", "UPDATE orders SET state = $1 WHERE id = $2", "paid", "4711"),
		run("app", "1", "-- name: Pay :exec\nUPDATE orders SET state = $1 WHERE set_id = $2", "paid", "4711"),
		run("app", "1", "SELECT 'a' FROM b WHERE c = 1"),
		run("app", "1", "SET jit = off"),
	} {
		if n := testing.AllocsPerRun(100, func() { l.Add(e) }); n > 0 {
			t.Errorf("%s: %v allocations", e.SQL, n)
		}
	}
	for _, name := range []string{"jit", "work_mem"} {
		l.Add(run("app", "1", "SELECT pg_catalog.Set_Config($1, 'x', false)", name))
	}
	if len(l.kinds) != 6 {
		t.Errorf("%d statements, want set_config of two parameters and four", len(l.kinds))
	}
}

// Nor can a log of many sessions, each with statements of its own, grow it.
func TestNamesOfSessionsAreBounded(t *testing.T) {
	l := NewLog(behind(t, "rdsproxy"))
	l.names = 7
	for i := range 5 {
		for _, sql := range []string{"SET jit = off", "SET work_mem = 1"} {
			l.Add(run("app", fmt.Sprint(i), sql))
		}
		l.Add(&pglog.Entry{Kind: pglog.Pin, Digest: "set jit = $1", Session: "c1", Calls: 1})
	}
	l.Add(run("app", "0", "SET jit = off"))
	var b bytes.Buffer
	if err := WriteText(&b, l.Report(new(output.Report), pglog.Counts{}, nil), false); err != nil {
		t.Fatal(err)
	}
	want(t, b.String(), "SET jit        6 times, 3 sessions or more, app app ", "SET work_mem   5 times, 3 sessions or more, app app ")
	var n names
	left := maxNames
	for i := range maxSessions {
		n.add(fmt.Sprint(i), &left)
	}
	n.add("0", &left)
	if n.more || len(n.all) != maxSessions {
		t.Errorf("of %d sessions, %d are kept, more: %t", maxSessions, len(n.all), n.more)
	}
	if n.add("another", &left); !n.more || len(n.all) != maxSessions {
		t.Errorf("of one more, %d are kept, more: %t", len(n.all), n.more)
	}
}

// The log's buffer is used again: nothing of it may be kept.
func TestNothingOfTheBufferIsKept(t *testing.T) {
	buffer := []byte("SET jit = off")
	e := run("app", "1", unsafeString(buffer))
	l := NewLog(behind(t, "rdsproxy"))
	l.Add(e)
	copy(buffer, "XXXXXXXXXXXXX")
	rows := l.Judge(nil)
	if len(rows) != 1 || rows[0].Text != "SET jit = "+hole || rows[0].tokens[1].src != "jit" {
		t.Errorf("%q", rows[0].Text)
	}
	l.Add(run("app", "1", "SET jit = off"))
	if l.rows != 1 || rows[0].Times() != 2 {
		t.Error("the same statement is another row")
	}
}

func unsafeString(b []byte) string { return unsafe.String(&b[0], len(b)) }

// Behind several poolers the columns stand below each other in all rows.
func TestColumnsOfSeveralPoolers(t *testing.T) {
	l := NewLog(behind(t, "pgbouncer", "rdsproxy"))
	for _, sql := range []string{"SET idle_in_transaction_session_timeout = 1", "SET jit = off", "SET work_mem = 1"} {
		l.Add(run("app", "1", sql))
	}
	var b bytes.Buffer
	if err := WriteText(&b, l.Report(new(output.Report), pglog.Counts{}, nil), false); err != nil {
		t.Fatal(err)
	}
	column := strings.Index(b.String(), "leaks to other clients")
	n := 0
	for line := range strings.Lines(b.String()) {
		for _, verdict := range []string{"leaks to other clients", "pins the connection"} {
			if at := strings.Index(line, verdict); at >= 0 {
				n++
				if at != column {
					t.Errorf("at %d, not at %d: %s", at, column, line)
				}
			}
		}
	}
	if n != 6 {
		t.Errorf("%d verdicts in\n%s", n, b.String())
	}
}

// BenchmarkManyRows: rows are laid out in time that hangs on their number, not on
// its square.
func BenchmarkManyRows(b *testing.B) {
	for _, n := range []int{maxKinds / 10, maxKinds} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			behind, err := BehindEach(analyzer.Options{}, []string{"rdsproxy"})
			if err != nil {
				b.Fatal(err)
			}
			l := NewLog(behind)
			l.Add(run("app", "1", "SET jit = off"))
			r := l.Report(new(output.Report), pglog.Counts{}, nil)
			r.Rows = slices.Repeat(r.Rows, n)
			for b.Loop() {
				if err := WriteText(io.Discard, r, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

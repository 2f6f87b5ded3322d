package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tracedModule has a hook, a wrapper, Sprintf, a function of the database, and a
// statement that waits.
const tracedModule = `
-- go.mod --
module example.com/shop
go 1.25
-- store/store.go --
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
)

type Store struct{ db *sql.DB }

func (s *Store) run(ctx context.Context, q string, args ...any) error {
	_, err := s.db.ExecContext(ctx, q, args...)
	return err
}

func (s *Store) Tenant(ctx context.Context, id string) error {
	return s.run(ctx, "SELECT set_config($1, $2, false)", "app.tenant", id)
}

func (s *Store) Close(ctx context.Context, schema string) error {
	return s.run(ctx, fmt.Sprintf("SET search_path TO %s", schema))
}

func (s *Store) Audit(ctx context.Context) error {
	return s.run(ctx, "SELECT audit()")
}

func (s *Store) Any(ctx context.Context, what string) error {
	return s.run(ctx, "SELECT " + what)
}

func (s *Store) Two(ctx context.Context) error {
	return s.run(ctx, "SELECT 1; SET jit = off")
}

func (s *Store) Wait(ctx context.Context) error {
	return s.run(ctx, "SELECT pg_advisory_lock(1)")
}

type connector struct{ driver.Connector }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	_, err = conn.(driver.ExecerContext).ExecContext(ctx, "SET lock_timeout = 1000", nil)
	return conn, err
}
-- schema.sql --
CREATE FUNCTION audit() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('app.audit', 'on', false);
END $$;
-- pg.log --
2026-03-12 10:00:00.001 UTC [101] LOG:  execute __asyncpg_stmt_1__: 
	                    SELECT
	                        current_setting('jit') AS cur,
	                        set_config('jit', 'off', false) AS new
	                    
2026-03-12 10:00:00.002 UTC [101] LOG:  execute __asyncpg_stmt_2__: 
	                    SELECT
	                        set_config('jit', $1, false)
	                    
2026-03-12 10:00:00.002 UTC [101] DETAIL:  parameters: $1 = 'hunter2'
2026-03-12 10:00:00.003 UTC [102] LOG:  execute <unnamed>: SELECT set_config($1, $2, false)
2026-03-12 10:00:00.003 UTC [102] DETAIL:  parameters: $1 = 'app.tenant', $2 = 'hunter2'
2026-03-12 10:00:00.004 UTC [102] LOG:  statement: SET search_path TO hunter2, public
2026-03-12 10:00:00.005 UTC [102] LOG:  statement: SET lock_timeout = 1000
2026-03-12 10:00:00.006 UTC [103] LOG:  statement: SET work_mem = '1GB';
2026-03-12 10:00:00.007 UTC [102] LOG:  statement: SELECT audit()
2026-03-12 10:00:00.007 UTC [102] LOG:  statement: SELECT 1; SET jit = off
2026-03-12 10:00:00.008 UTC [102] LOG:  statement: SELECT a FROM b WHERE c = 'hunter2'
`

func TestTraceLeadsToTheLine(t *testing.T) {
	dir := module(t, tracedModule)
	r := poolvet(t, dir, "", "trace", "-log=pg.log", "-unseen", "./...")
	rows := strings.Split(r.stdout, "\n")
	for head, line := range map[string]string{
		"set_config('app.tenant', …, false) ": "store/store.go:18:21  s.run in store.Store.Tenant",
		"SET search_path ":                    "store/store.go:22:33  s.run in store.Store.Close",
		"SET lock_timeout ":                   "in store.connector.Connect, on every new connection",
		"SET work_mem ":                       "no line of these packages: dynamic SQL, another program, or a person",
		"audit(…) ":                           "store/store.go:26:21  s.run in store.Store.Audit",
		"not in the log:":                     "store/store.go:38:21  s.run in store.Store.Wait  SELECT pg_advisory_lock(…)",
	} {
		found := false
		for i, row := range rows[:len(rows)-1] {
			found = found || strings.HasPrefix(row, head) && strings.Contains(rows[i+1], line)
		}
		if !found {
			t.Errorf("%s does not lead to %s", head, line)
		}
	}
	if strings.Contains(r.stdout, "Store.Any") {
		t.Error("SELECT … is taken for what calls audit()")
	}
	if n := strings.Count(r.stdout, "asyncpg sends it while it reads types"); n != 2 {
		t.Errorf("asyncpg's statements are %d, not 2", n)
	}
	if strings.Contains(r.stdout+r.stderr, "hunter2") {
		t.Error("a value is shown")
	}
	if t.Failed() || r.status != 0 || r.stderr != "" {
		t.Errorf("status %d\n%s%s", r.status, r.stdout, r.stderr)
	}
}

func TestTraceAsJSON(t *testing.T) {
	dir := module(t, tracedModule)
	r := poolvet(t, dir, "", "trace", "-log=pg.log", "-format=json", "-pooler=rdsproxy,pgbouncer@1.18", "./...")
	var out struct {
		Statements []struct {
			Words    string
			Times    int
			Verdicts []struct{ Pooler, Outcome string }
			Code     []struct{ File, Function string }
			Clients  []struct{ Name string }
		}
		Log struct{ Files, Statements int }
	}
	if err := json.Unmarshal([]byte(r.stdout), &out); err != nil || r.status != 0 {
		t.Fatalf("%v, status %d\n%s%s", err, r.status, r.stdout, r.stderr)
	}
	if strings.Contains(r.stdout, "hunter2") || out.Log.Files != 1 || out.Log.Statements != 10 || len(out.Statements) != 8 {
		t.Errorf("%+v", out)
	}
	for _, s := range out.Statements {
		if s.Words != "SET search_path" {
			continue
		}
		if len(s.Verdicts) != 2 || s.Verdicts[0].Outcome != "pins" || s.Verdicts[1].Pooler != "pgbouncer@1.18" || s.Verdicts[1].Outcome != "leaks" ||
			len(s.Code) != 1 || s.Code[0].File != "store/store.go" || s.Code[0].Function != "Store.Close" || len(s.Clients) != 0 {
			t.Errorf("%+v", s)
		}
	}
}

func TestTraceAsPage(t *testing.T) {
	dir := module(t, tracedModule)
	r := poolvet(t, dir, "", "trace", "-log=pg.log", "-format=html", "-unseen", "-pooler=rdsproxy,pgbouncer", "./...")
	for _, part := range []string{
		"<h1>What stays in sessions behind RDS Proxy, PgBouncer 1.26</h1>", "<code>SET search_path</code>", "store/store.go:22:33</span> s.run in store.Store.Close",
		"store/store.go:38:21</span> s.run in store.Store.Wait <code>SELECT pg_advisory_lock(…)</code>", `<h2 id="time-title">Pinned sessions over time</h2>`, "</html>",
	} {
		if !strings.Contains(r.stdout, part) {
			t.Errorf("%s is missing", part)
		}
	}
	if strings.Contains(r.stdout, "hunter2") || t.Failed() || r.status != 0 || r.stderr != "" {
		t.Errorf("status %d\n%s%s", r.status, r.stdout, r.stderr)
	}
}

// The same log gives the same bytes, from a file, a folder and standard input.
func TestTraceReadsLogsFromAnywhere(t *testing.T) {
	dir := module(t, tracedModule)
	want := poolvet(t, dir, "", "trace", "-log", "pg.log", "./...").stdout
	if one, two := poolvet(t, dir, "", "trace", "-log=pg.log", "-format=html", "./...").stdout, poolvet(t, dir, "", "trace", "-log=pg.log", "-format=html", "./...").stdout; one != two || one == "" {
		t.Error("the page is another each time")
	}
	log, err := os.ReadFile(filepath.Join(dir, "pg.log"))
	if err != nil {
		t.Fatal(err)
	}
	got := poolvet(t, dir, string(log), "trace", "-log=-", "./...").stdout
	if got = strings.ReplaceAll(got, "first at standard input:", "first at pg.log:"); got != want {
		t.Errorf("standard input gives\n%s\nnot\n%s", got, want)
	}
	if err := os.WriteFile(filepath.Join(dir, "trace.flags"), []byte("-log=pg.log\n-format=sarif\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := poolvet(t, dir, "", "trace", "-flags=trace.flags", "./...").stdout; got != want {
		t.Errorf("a file of flags gives\n%s\nnot\n%s", got, want)
	}
}

func TestTraceComplains(t *testing.T) {
	dir := module(t, tracedModule)
	poolvet(t, dir, "", "trace", "./...").want(t, 2, "", "-log is missing: it names the logs to read")
	poolvet(t, dir, "", "trace", "-log=pg.log", "-format=sarif", "./...").want(t, 2, "", `-format: "sarif" is not known`)
	poolvet(t, dir, "", "trace", "-log=pg.log", "-pooler=pgbounce", "./...").want(t, 2, "", `"pgbounce"`)
	poolvet(t, dir, "", "trace", "-log=nowhere.log", "./...").want(t, 2, "", "nowhere.log")
	poolvet(t, dir, "", "trace", "-log=pg.log", "./nowhere").want(t, 2, "SET search_path", "nowhere")
	poolvet(t, dir, "", "trace", "-help").want(t, 0, "-log", "")
}

// What pg_stat_statements and the proxy say is joined to the log of PostgreSQL.
func TestTraceOfOtherLogs(t *testing.T) {
	dir := module(t, tracedModule+`
-- statements.csv --
queryid,rolname,datname,calls,query
1,app,shop,4711,"SELECT set_config($1, $2, $3)"
2,app,shop,12,"SELECT a FROM b WHERE c = $1"
-- proxy.log --
2026-03-12T10:00:01.000Z [WARN] [proxyEndpoint=default] [clientConnection=7] The client session was pinned to the database connection [dbConnection=9] for the remainder of the session. The proxy can't reuse this connection until the session ends. Reason: SQL changed session settings that the proxy doesn't track. Consider moving session configuration to the proxy's initialization query. Digest: "set search_path to $1,$2".
`)
	r := poolvet(t, dir, "", "trace", "-log=statements.csv", "./...")
	r.want(t, 0, "4711 times", "")
	r.want(t, 0, "which parameter it sets, and whether for the session or the transaction, is not in the log; log_statement = all shows it", "")
	r = poolvet(t, dir, "", "trace", "-log=pg.log,proxy.log", "./...")
	r.want(t, 0, "the proxy's log: pinned 1 time\n    store/store.go:22:33", "")
	poolvet(t, dir, "", "trace", "-log=proxy.log", "./...").want(t, 0, "by the proxy's log", "")
}

// What the SQL files of any of the modules define, their code can call.
func TestTraceOfSeveralModules(t *testing.T) {
	dir := module(t, tracedModule+`
-- other/go.mod --
module example.com/other

go 1.26
-- other/other.go --
package other
`)
	poolvet(t, dir, "", "trace", "-C=other,.", "-log=pg.log", "./...").want(t, 0, "audit(…) ", "")
}

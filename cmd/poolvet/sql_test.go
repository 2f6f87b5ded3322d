package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSQLFilesFoldersAndStdin(t *testing.T) {
	dir := module(t, `
-- one.sql --
SELECT 1;
SET ROLE one;
-- folder/two.SQL --
SET ROLE two;
-- folder/deep/three.sql --
SET ROLE three;
-- folder/four.txt --
SET ROLE four;
`)
	r := poolvet(t, dir, "SET ROLE five", "sql", "-format=json", "one.sql", "folder", "-")
	var got []string
	for _, f := range decode(t, r.stdout) {
		got = append(got, f["file"].(string))
	}
	if want := "<stdin> folder/deep/three.sql folder/two.SQL one.sql"; strings.Join(got, " ") != want || r.status != 1 {
		t.Errorf("status %d, found in %q", r.status, got)
	}
	poolvet(t, dir, "", "sql", filepath.Join("folder", "four.txt")).want(t, 1, "four.txt:1:1: warning: SET ROLE", "")
	poolvet(t, dir, "SELECT 1;\nSET ROLE six", "sql").want(t, 1, "<stdin>:2:1: warning: SET ROLE", "")
	poolvet(t, dir, "SELECT 1", "sql").want(t, 0, "", "")
	poolvet(t, dir, "SET ROLE a", "sql", "nowhere.sql", "-").want(t, 2, "<stdin>:1:1", "nowhere.sql")
}

func TestSQLJSON(t *testing.T) {
	text := "SELECT 1;\n  SET search_path = app;\nBEGIN; SET LOCAL statement_timeout = 1; COMMIT;"
	r := poolvet(t, t.TempDir(), text, "sql", "-format=json", "-pooler=pgbouncer")
	found := decode(t, r.stdout)
	if len(found) != 1 || r.status != 1 {
		t.Fatalf("status %d: %s", r.status, r.stdout)
	}
	for key, want := range map[string]any{
		"rule": "set-parameter", "outcome": "leaks", "object": "search_path", "scope": "session",
		"file": "<stdin>", "line": 2.0, "column": 3.0, "endLine": 2.0, "endColumn": 18.0,
	} {
		if found[0][key] != want {
			t.Errorf("%s is %v, want %v", key, found[0][key], want)
		}
	}
	r = poolvet(t, t.TempDir(), text, "sql", "-format=json", "-pooler=pgbouncer", "-all")
	all := decode(t, r.stdout)
	if len(all) != 2 || all[1]["outcome"] != "ok" || all[1]["scope"] != "transaction" || all[1]["object"] != "statement_timeout" {
		t.Errorf("-all: %s", r.stdout)
	}
	poolvet(t, t.TempDir(), "SET LOCAL lock_timeout = 1", "sql", "-format=json", "-pooler=none", "-all").want(t, 0, `"outcome":"ok"`, "")
}

// Each text comes back at once, with findings or with why there are none.
func TestHostileSQL(t *testing.T) {
	for name, text := range map[string]string{
		"additions":             "select 1" + strings.Repeat("+1", 500_000),
		"parentheses":           "select " + strings.Repeat("(", 100_000),
		"pairs":                 "select " + strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000),
		"NUL bytes":             strings.Repeat("\x00", 1000) + "SET ROLE x",
		"invalid UTF-8":         "SET ROLE \xff\xfe; select '\xc0'",
		"unterminated quote":    "SET ROLE 'x",
		"unterminated dollar":   "DO $a$ begin",
		"unterminated comment":  "/* SET ROLE x",
		"prose":                 "Set the table, then reset the clock.",
		"nothing":               "",
		"one long line":         "SET ROLE x;" + strings.Repeat(" ", 1<<20),
		"many statements":       strings.Repeat("SET ROLE x;", 10_000),
		"escapes of a terminal": "SET ROLE \"\x1b[2J\"",
	} {
		t.Run(name, func(t *testing.T) {
			for _, format := range []string{"text", "json"} {
				start := time.Now()
				r := poolvet(t, t.TempDir(), text, "sql", "-format="+format)
				if r.status < 0 || r.status > 2 || strings.Contains(r.stderr, "goroutine ") {
					t.Errorf("status %d: %.300s", r.status, r.stderr)
				}
				if d := time.Since(start); d > 10*time.Second {
					t.Errorf("took %v", d)
				}
				if strings.Contains(r.stdout, "\x1b") {
					t.Errorf("an escape reaches the terminal: %.100q", r.stdout)
				}
				if format == "json" {
					decode(t, r.stdout)
				}
			}
		})
	}
}

func TestSQLThatCannotBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := module(t, "-- a.sql --\nSET ROLE a\n-- b.sql --\nSET ROLE b\n")
	if err := os.Chmod(filepath.Join(dir, "a.sql"), 0); err != nil {
		t.Fatal(err)
	}
	r := poolvet(t, dir, "", "sql", "-format=json", ".")
	r.want(t, 2, `{"file":"a.sql","error":`, "")
	r.want(t, 2, `"file":"b.sql"`, "")
}

const sqlFiles = `
-- db/1_tenant.sql --
-- +goose Up
SET search_path = app;
CREATE FUNCTION set_tenant(t text) RETURNS void LANGUAGE sql AS $$
	SELECT set_config('app.tenant', t, false)
$$;
-- db/2_fill.sql --
-- +goose NO TRANSACTION
-- +goose Up
SET LOCAL lock_timeout = '1s';
SELECT set_tenant('a');
-- db/000003_rest.up.sql --
-- poolvet:ignore set-role -- the role of all
SET ROLE a;
LISTEN b; -- poolvet:direct -- a connection of its own
-- poolvet:ignore listen -- nothing listens
SELECT 1;
`

// A folder of SQL is judged as Go code is: by what its tool does, with what it
// defines itself, and with directives.
func TestSQLOfTools(t *testing.T) {
	dir := module(t, sqlFiles)
	r := poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "db")
	for _, words := range []string{
		"db/1_tenant.sql:2:1: error: SET search_path: leaks",
		"    = assumed that goose runs this file in one transaction\n",
		"db/2_fill.sql:3:1: warning: SET LOCAL lock_timeout: has no effect outside a transaction;",
		"    = assumed that goose runs each statement of this file by itself\n",
		"db/2_fill.sql:4:8: error: set_tenant(…): leaks to other clients behind PgBouncer 1.26 (it runs set_config('app.tenant', …) at db/1_tenant.sql:4)",
		"    = db/1_tenant.sql:3:1: set_tenant is defined here\n",
		"db/000003_rest.up.sql:4:1: warning: -- poolvet:ignore: ignore changes nothing here: remove it (directive)",
	} {
		r.want(t, 1, words, "")
	}
	if !strings.Contains(r.summary, "left out: 1 finding ignored, 1 finding past the pooler") {
		t.Error(r.summary)
	}
	if n := strings.Count(r.stdout, "SET ROLE") + strings.Count(r.stdout, "LISTEN b"); n > 0 {
		t.Errorf("what directives silence is shown:\n%s", r.stdout)
	}
}

// Folders and places of SQL can be behind other poolers than the rest.
func TestSQLBehindSeveralPoolers(t *testing.T) {
	dir := module(t, `
-- db/a.sql --
SET ROLE a;
-- poolvet:pooler odyssey -- the reports
SET ROLE b;
-- db/past/b.sql --
-- poolvet:pooler pgbouncer@1.18 -- all of it

SET ROLE c;
LISTEN d; -- poolvet:direct -- but this
-- direct/c.sql --
SET ROLE e;
`)
	r := poolvet(t, dir, "", "sql", "-pooler=rdsproxy,./direct/...=none", ".")
	for _, words := range []string{"db/a.sql:1:1: warning: SET ROLE: pins the connection behind RDS Proxy", "db/a.sql:3:1: warning: SET ROLE: is lost behind Odyssey", "db/past/b.sql:3:1: error: SET ROLE: leaks behind PgBouncer 1.18"} {
		r.want(t, 1, words, "")
	}
	if strings.Contains(r.stdout, "b.sql:4") || strings.Contains(r.stdout, "c.sql") || !strings.Contains(r.summary, "2 findings past the pooler") {
		t.Errorf("%s%s", r.stdout, r.summary)
	}
	poolvet(t, dir, "", "sql", "-direct=./db/...", ".").want(t, 1, "direct/c.sql:1:1", "")
}

func TestSQLFixes(t *testing.T) {
	dir := module(t, sqlFiles)
	r := poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-diff", "db")
	r.want(t, 1, "-SET search_path = app;\n+SET LOCAL search_path = app;\n", "")
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-fix", "db").want(t, 1, "db/1_tenant.sql:2:1: fixed: Use SET LOCAL (set-parameter)", "")
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-diff", "db").want(t, 0, "", "")
	poolvet(t, dir, "-- +goose Up\nSET jit = off;", "sql", "-pooler=pgbouncer", "-fix").want(t, 1, "<stdin>:2:1: error: SET jit", "")
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-format=json", "db/1_tenant.sql").want(t, 0, `"findings":0`, "")
}

func TestSQLBaseline(t *testing.T) {
	dir := module(t, sqlFiles)
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-baseline=known.json", "-write-baseline", "db").want(t, 0, "", "4 findings written to known.json")
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-baseline=known.json", "db").want(t, 0, "", "")
	poolvet(t, dir, "SET ROLE a", "sql", "-pooler=pgbouncer", "-baseline=known.json", "-all", "db", "-").want(t, 1, "<stdin>:1:1: error: SET ROLE", "")
	if err := os.Remove(filepath.Join(dir, "db", "2_fill.sql")); err != nil {
		t.Fatal(err)
	}
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-baseline=known.json", "db").want(t, 0, "", "no longer found, renew it with -write-baseline: hidden-state in db/2_fill.sql: set_tenant(…)")
}

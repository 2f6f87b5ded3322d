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
	poolvet(t, dir, "", "sql", filepath.Join("folder", "four.txt")).want(t, 1, "four.txt:1:1: SET ROLE", "")
	poolvet(t, dir, "SELECT 1;\nSET ROLE six", "sql").want(t, 1, "<stdin>:2:1: SET ROLE", "")
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

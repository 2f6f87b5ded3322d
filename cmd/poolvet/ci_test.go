package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const inCI = `
-- go.mod --
module example.com/app
go 1.25
-- store/store.go --
package store

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE app") }
-- quiet/quiet.go --
package quiet
-- broken/broken.go --
package broken

var x int = ""
-- a.sql --
LISTEN orders;
`

// What was read without a finding is told from what was not read.
func TestReportsOfCI(t *testing.T) {
	dir := module(t, inCI)
	poolvet(t, dir, "", "-format=junit", "./store", "./quiet").want(t, 1, `<testcase classname="example.com/app/quiet" name="nothing found" time="0"></testcase>`, "")
	poolvet(t, dir, "", "-format=junit", "./store", "./quiet").want(t, 1, `<testcase classname="example.com/app/store" name="set-role: SET ROLE in Use" file="store/store.go" line="5" time="0">`, "")
	poolvet(t, dir, "", "-format=junit", "./...").want(t, 2, `<testcase classname="example.com/app/broken" name="read in full" file="broken/broken.go" line="3" time="0">`, "cannot use")
	poolvet(t, dir, "", "-format=junit", "./nowhere").want(t, 2, `tests="1" failures="0" errors="1"`, "nowhere")
	poolvet(t, dir, "", "-format=gitlab", "./...").want(t, 2, `"path": "store/store.go",`, "cannot use")
	poolvet(t, dir, "", "-format=gitlab", "./...").want(t, 2, `"check_name": "not-read",`, "cannot use")
	poolvet(t, dir, "", "sql", "-format=gitlab", "a.sql").want(t, 1, `"path": "a.sql",`, "")
	poolvet(t, dir, "", "sql", "-format=junit", "a.sql").want(t, 1, `<testsuite name="a.sql" tests="1" failures="1" errors="0" time="0">`, "")
}

// Findings stand in connection strings, and what a line holds besides is shown.
func TestNoFormatShowsAPassword(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- app.go --
package app

import "database/sql"

func Open() { sql.Open("postgres", "postgres://u:s3cret@h/db?statement_timeout=5&binary_parameters=yes") }

func Use(db *sql.DB) { db.Exec("SET ROLE 'postgres://u:s3cret@h/db'") }
`)
	summary := filepath.Join(t.TempDir(), "summary.md")
	t.Setenv("GITHUB_STEP_SUMMARY", summary)
	for format := range formats {
		r := poolvet(t, dir, "", "-format="+format, "-pooler=pgbouncer", ".")
		if r.status != 1 || !strings.Contains(r.stdout, "statement_timeout") {
			t.Errorf("%s: status %d\n%s", format, r.status, r.stdout)
		}
		if strings.Contains(r.stdout+r.stderr, "s3cret") {
			t.Errorf("%s shows it:\n%s%s", format, r.stdout, r.stderr)
		}
	}
	if text, err := os.ReadFile(summary); err != nil || !strings.Contains(string(text), `statement\_timeout`) || strings.Contains(string(text), "s3cret") {
		t.Errorf("%v: the step's summary is\n%s", err, text)
	}
}

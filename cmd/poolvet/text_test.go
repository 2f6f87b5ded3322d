package main

import (
	"strings"
	"testing"
)

// What differs in its place alone is shown once and counted each time, and the
// formats for programs have it each time.
func TestOneCauseIsShownOnce(t *testing.T) {
	dir := module(t, `
-- a.sql --
SET ROLE a;
SELECT 1;
SET ROLE a;
SET ROLE a; SET ROLE a;
-- b.sql --
SET ROLE a;
`)
	r := poolvet(t, dir, "", "sql", "-pooler=pgbouncer", ".")
	r.want(t, 1, "    = also at a.sql:3, 4, 4:13\n\nb.sql:1:1: error: SET ROLE: ", "")
	if n := strings.Count(r.stdout, ": error: SET ROLE: "); n != 2 || !strings.HasPrefix(r.summary, "5 findings in 2 texts; ") {
		t.Errorf("%d shown; %s\n%s", n, r.summary, r.stdout)
	}
	for format, each := range map[string]string{"json": `"rule":"set-role"`, "sarif": `"ruleId": "set-role"`, "github": "title=poolvet%3A set-role"} {
		r := poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-format="+format, ".")
		if n := strings.Count(r.stdout, each); n != 5 {
			t.Errorf("%s has %d", format, n)
		}
	}
}

// The fix that is shown is the one that -fix makes.
func TestTextShowsFixes(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- app.go --
package app

import "database/sql"

func Use(tx *sql.Tx) {
	tx.Exec("SET ROLE a")
	tx.Exec("LISTEN b")
}
-- 1.sql --
-- +goose Up
SET jit = off;
`)
	poolvet(t, dir, "", "-pooler=pgbouncer", ".").want(t, 1, `
    = fix: Use SET LOCAL ROLE
  6 -     tx.Exec("SET ROLE a")
  6 +     tx.Exec("SET LOCAL ROLE a")

app.go:7:11: `[1:], "")
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "1.sql").want(t, 1, "    = fix: Use SET LOCAL\n  2 - SET jit = off;\n  2 + SET LOCAL jit = off;\n", "")
	poolvet(t, dir, "-- +goose Up\nSET jit = off;", "sql", "-pooler=pgbouncer").want(t, 1, "  2 + SET LOCAL jit = off;\n", "")
}

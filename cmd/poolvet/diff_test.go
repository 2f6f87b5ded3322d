package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/patch/patchtest"
)

// odd is a module whose files end and are spelled in every way.
func odd(t *testing.T) (dir string) {
	dir = module(t, manyHunks)
	crlf(t, dir)
	rewrite(t, filepath.Join(dir, "last.go"), "CUT\n", "")
	return dir
}

// What -diff shows is what -fix does, to the byte, for whoever applies it.
func TestDiffApplies(t *testing.T) {
	fixed := odd(t)
	poolvet(t, fixed, "", "-pooler=pgbouncer", "-fix", "./...")
	for _, command := range patchtest.Appliers(t) {
		dir := odd(t)
		ran := poolvet(t, dir, "", "-pooler=pgbouncer", "-diff", "./...")
		if n := strings.Count(ran.stdout, "\n@@ "); n != 7 || strings.Count(ran.stdout, "\n+++ ") != 5 {
			t.Errorf("%d hunks: %s", n, ran.stdout)
		}
		patchtest.Apply(t, dir, ran.stdout, command...)
		for _, name := range []string{"many.go", "last.go", "crlf.go", "first.go", "with space.go"} {
			got, want := content(t, filepath.Join(dir, name)), content(t, filepath.Join(fixed, name))
			if got != want || !strings.Contains(got, "LOCAL") && !strings.Contains(got, "_xact_") {
				t.Errorf("%v: %s: %q, want %q", command, name, got, want)
			}
		}
		if again := poolvet(t, dir, "", "-pooler=pgbouncer", "-diff", "./..."); again.status != 0 || again.stdout != "" {
			t.Errorf("%v: a second run: %d %s", command, again.status, again.stdout)
		}
	}
}

// manyHunks has several hunks in a file, that add and remove lines, a change
// at the first line and at the last, a file without a last line end, one with
// CRLF, and one with a space in its name.
var manyHunks = strings.ReplaceAll(`
-- go.mod --
module example.com/app
go 1.25
-- many.go --
package app

import (
	"context"
	"database/sql"
)

func Lock(ctx context.Context, tx *sql.Tx) {
	tx.ExecContext(ctx, "SELECT pg_advisory_lock(1)")
	tx.ExecContext(ctx, "SELECT 1")
	tx.ExecContext(ctx, "SELECT pg_advisory_unlock(1)")
}

func Between(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func Other(ctx context.Context, tx *sql.Tx) {
	tx.ExecContext(ctx, "SET ROLE reader")
	tx.ExecContext(ctx, "SELECT 1")
	tx.ExecContext(ctx, "SELECT 2")
	tx.ExecContext(ctx, "SELECT 3")
	tx.ExecContext(ctx, "SET search_path = app")
}

func Last(ctx context.Context, tx *sql.Tx) {
	tx.ExecContext(ctx, "SELECT 1")
	tx.ExecContext(ctx, "SELECT 2")
	tx.ExecContext(ctx, "SELECT 3")
	tx.ExecContext(ctx, "SELECT pg_advisory_lock(2)")
	tx.ExecContext(ctx, "SELECT pg_advisory_unlock(2)")
}

func End(ctx context.Context, tx *sql.Tx) {
	tx.ExecContext(ctx, "SELECT 1")
	tx.ExecContext(ctx, "SELECT 2")
	tx.ExecContext(ctx, "SELECT 3")
	tx.ExecContext(ctx, "SELECT 4")
	tx.ExecContext(ctx, "SET work_mem = '1GB'")
}
-- last.go --
package app

import "database/sql"

func NoEnd(tx *sql.Tx) {
	tx.Exec("SELECT 1")
	tx.Exec("SET ROLE reader") }CUT
-- crlf.go --
package app

import "database/sql"

func CRLF(tx *sql.Tx) {
	tx.Exec("SELECT 1")
	tx.Exec("SET ROLE reader")
	tx.Exec(~
		SELECT 1;
		SET search_path = app;
	~)
}
-- first.go --
package app; import "database/sql"; func First(tx *sql.Tx) { tx.Exec("SET ROLE reader") }
-- with space.go --
package app

import "database/sql"

func In(tx *sql.Tx) { tx.Exec("SET ROLE reader") }
`, "~", "`")

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"github.com/poolvet/poolvet/internal/load"
)

const fixable = `
-- go.mod --
module example.com/app
go 1.25
-- clean.go --
package app

import "database/sql"

func Use(tx *sql.Tx, db *sql.DB) {
	tx.Exec("SET ROLE reader") // reads
	tx.Exec("SELECT 1")        // and so on
	db.Exec("LISTEN orders")
}
-- untidy.go --
package app
import "database/sql"
func Untidy( tx *sql.Tx ) { tx.Exec("SET jit = off") }
-- crlf.go --
package app

import "database/sql"

func CRLF(tx *sql.Tx) {
	tx.Exec(` + "`" + `
		SELECT 1;
		SET search_path = app;
	` + "`" + `)
}
`

// crlf gives a file of the module the other line ends.
func crlf(t *testing.T, dir string) (file string) {
	t.Helper()
	file = filepath.Join(dir, "crlf.go")
	rewrite(t, file, "\n", "\r\n")
	return file
}

func rewrite(t *testing.T, file, old, with string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(content(t, file), old, with)), 0o666); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFix(t *testing.T) {
	dir := module(t, fixable)
	file := crlf(t, dir)
	want := strings.Replace(content(t, file), "SET search_path", "SET LOCAL search_path", 1)
	ran := poolvet(t, dir, "", "-pooler=pgbouncer", "-fix", ".")
	ran.want(t, 1, "clean.go:6:11: fixed: Use SET LOCAL ROLE (set-role)\n", "")
	ran.want(t, 1, "untidy.go:3:38: fixed: Use SET LOCAL (set-parameter)\n", "")
	ran.want(t, 1, "clean.go:8:11: error: LISTEN", "")
	if strings.Contains(ran.stdout, "SET ROLE reader:") {
		t.Errorf("what was fixed is still reported: %s", ran.stdout)
	}
	for name, part := range map[string]string{
		"clean.go":  "\ttx.Exec(\"SET LOCAL ROLE reader\") // reads\n\ttx.Exec(\"SELECT 1\")              // and so on\n",
		"untidy.go": "Untidy( tx *sql.Tx ) { tx.Exec(\"SET LOCAL jit = off\") }",
		"crlf.go":   want,
	} {
		if got := content(t, filepath.Join(dir, name)); !strings.Contains(got, part) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".poolvet*")); left != nil {
		t.Errorf("left behind: %q", left)
	}
	if again := poolvet(t, dir, "", "-pooler=pgbouncer", "-diff", "."); again.status != 0 || again.stdout != "" {
		t.Errorf("a second run has fixes: %d %s", again.status, again.stdout)
	}
}

func TestDiff(t *testing.T) {
	dir := module(t, fixable)
	file := crlf(t, dir)
	before := content(t, file)
	ran := poolvet(t, dir, "", "-pooler=pgbouncer", "-diff", ".")
	ran.want(t, 1, "--- a/clean.go\n+++ b/clean.go\n@@ -3,7 +3,7 @@\n", "")
	ran.want(t, 1, "-\t\tSET search_path = app;\r\n+\t\tSET LOCAL search_path = app;\r\n", "")
	if strings.Contains(ran.stdout, "LISTEN orders:") {
		t.Error("findings stand in the diff")
	}
	if content(t, file) != before {
		t.Error("-diff changed a file")
	}
}

func TestReadOnlyFileIsLeftAlone(t *testing.T) {
	dir := module(t, fixable)
	file := filepath.Join(dir, "clean.go")
	before := content(t, file)
	if err := os.Chmod(file, 0o444); err != nil {
		t.Fatal(err)
	}
	ran := poolvet(t, dir, "", "-pooler=pgbouncer", "-fix", ".")
	ran.want(t, 2, "untidy.go:3:38: fixed: ", "clean.go: not fixed: the file is read-only")
	if content(t, file) != before {
		t.Error("a read-only file was changed")
	}
}

func TestModeAndLinkAreKept(t *testing.T) {
	dir := module(t, fixable)
	file, real := filepath.Join(dir, "clean.go"), filepath.Join(dir, "real.txt")
	if err := os.Rename(file, real); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, file); err != nil {
		t.Skip(err)
	}
	if err := os.Chmod(real, 0o640); err != nil {
		t.Fatal(err)
	}
	poolvet(t, dir, "", "-pooler=pgbouncer", "-fix", ".").want(t, 1, "clean.go:6:11: fixed: ", "")
	info, err := os.Lstat(file)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is none any more: %v %v", info, err)
	}
	if info, err := os.Stat(real); err != nil || info.Mode().Perm() != 0o640 || !strings.Contains(content(t, real), "LOCAL") {
		t.Errorf("%v %v", info, err)
	}
}

func TestFileThatChangesMeanwhile(t *testing.T) {
	dir := module(t, fixable)
	p, err := load.Load(load.Config{Dir: dir}, ".")
	if err != nil {
		t.Fatal(err)
	}
	p.Run(nil, func(*load.Result) {})
	file := filepath.Join(dir, "clean.go")
	at := strings.Index(content(t, file), " ROLE")
	insert := func(s string) fix { return fix{edits: []udiff.Edit{{Start: at, End: at, New: s}}} }

	changes, errs := fixes{file: {insert(" LOCAL"), insert(" LOCAL"), insert(" SESSION")}}.changes(p.Unchanged)
	if len(errs) > 0 || len(changes) != 1 || len(changes[0].done) != 1 || len(changes[0].dropped) != 1 {
		t.Fatalf("%v %+v", errs, changes)
	}
	rewrite(t, file, "reader", "writer")
	changed := content(t, file)
	if err := changes[0].write(); err == nil || !strings.Contains(err.Error(), "changed meanwhile") {
		t.Errorf("written over a change: %v", err)
	}
	if _, errs := (fixes{file: {insert(" LOCAL")}}).changes(p.Unchanged); len(errs) != 1 || !strings.Contains(errs[0].Error(), "changed while it was analysed") {
		t.Errorf("fixed what was not analysed: %v", errs)
	}
	if got := content(t, file); got != changed {
		t.Errorf("%q", got)
	}
}

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const grown = `
-- go.mod --
module example.com/grown
go 1.25
-- old.go --
package grown

import "database/sql"

func Old(db *sql.DB) { db.Exec("SET ROLE old") }

func Called(db *sql.DB) { db.Exec("SELECT app.touch()") }
-- moved.go --
package grown

import "database/sql"

func Moved(db *sql.DB) { db.Exec("SET ROLE moved") }
func Moves(db *sql.DB) { db.Exec("SELECT 1") }
-- schema/a.sql --
CREATE FUNCTION app.touch() RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
`

// repository makes a module a repository of git with one commit, and a branch
// that grows.
func repository(t *testing.T) (dir string, commit func()) {
	t.Helper()
	dir = module(t, grown)
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	commit = func() { t.Helper(); git("add", "-A"); git("commit", "-qm", "more") }
	git("init", "-q", "-b", "main")
	commit()
	git("checkout", "-qb", "topic")
	return dir, commit
}

func add(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestSinceARevision(t *testing.T) {
	dir, commit := repository(t)
	poolvet(t, dir, "", "-since=main", "-pooler=pgbouncer", "./...").want(t, 0, "", "")

	rewrite(t, filepath.Join(dir, "old.go"), "func Called", "func New(db *sql.DB) { db.Exec(\"SET ROLE new\") }\n\nfunc Called")
	if err := os.Rename(filepath.Join(dir, "moved.go"), filepath.Join(dir, "mövéd \"x\".go")); err != nil {
		t.Fatal(err)
	}
	commit()
	add(t, dir, "untracked.go", "package grown\n\nimport \"database/sql\"\n\nfunc Untracked(db *sql.DB) { db.Exec(\"SET ROLE untracked\") }\n")
	rewrite(t, filepath.Join(dir, "schema/a.sql"), "NULL", "PERFORM set_config('app.a', 'b', false)")
	rewrite(t, filepath.Join(dir, "mövéd \"x\".go"), "SELECT 1", "SET ROLE changed")
	r := poolvet(t, dir, "", "-since=main", "-pooler=pgbouncer", "-format=json", "./...")
	var got []string
	for _, f := range decode(t, r.stdout) {
		got = append(got, f["function"].(string))
	}
	if want := "Moves New Called Untracked"; strings.Join(got, " ") != want || r.status != 1 || !strings.Contains(r.summary, "2 findings on unchanged lines") {
		t.Errorf("found in %v, want %s: %+v", got, want, r)
	}
	// What is in a folder alone is told from there too.
	poolvet(t, dir, "", "sql", "-since=HEAD", "-strict", "-pooler=pgbouncer", "schema").want(t, 1, "a.sql:1:", "")
	poolvet(t, dir, "", "sql", "-since=HEAD", "-strict", "-pooler=pgbouncer", "old.go").want(t, 0, "", "") // no SQL, as before
}

// What is reported is what is fixed.
func TestSinceLimitsFixes(t *testing.T) {
	dir, _ := repository(t)
	tx := "package grown\n\nimport \"database/sql\"\n\nfunc A(tx *sql.Tx) { tx.Exec(\"SET jit = off\") }\n"
	add(t, dir, "a.go", tx)
	exec.Command("git", "-C", dir, "add", "-A").Run()
	if out, err := exec.Command("git", "-C", dir, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "a").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	add(t, dir, "b.go", strings.Replace(tx, "func A", "func B", 1))
	r := poolvet(t, dir, "", "-since=HEAD", "-pooler=pgbouncer", "-diff", ".")
	if r.status != 1 || !strings.Contains(r.stdout, "b/b.go") || strings.Contains(r.stdout, "a/a.go") {
		t.Errorf("%+v", r)
	}
	poolvet(t, dir, "", "-since=HEAD", "-pooler=pgbouncer", "-fix", ".").want(t, 0, "fixed", "")
	if a, _ := os.ReadFile(filepath.Join(dir, "a.go")); string(a) != tx {
		t.Errorf("what did not change is fixed:\n%s", a)
	}
}

func TestSinceNeedsARepository(t *testing.T) {
	dir, _ := repository(t)
	poolvet(t, dir, "", "-since=nowhere", ".").want(t, 2, "", `-since: git knows no revision "nowhere" here`)
	poolvet(t, dir, "", "-since=--help", ".").want(t, 2, "", `-since: git knows no revision "--help" here`)
	poolvet(t, dir, "", "-since=main", "-baseline=b", "-write-baseline", ".").want(t, 2, "", "leave out -since")
	poolvet(t, module(t, grown), "", "-since=main", ".").want(t, 2, "", "-since: this folder is in no git repository: git: not a git repository")
}

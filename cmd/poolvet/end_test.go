package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

const ending = `
-- go.mod --
module example.com/app
go 1.25
-- fixable/a.go --
package fixable

import "database/sql"

func Use(db *sql.DB, tx *sql.Tx) { db.Exec("LISTEN a"); db.Exec("LISTEN b"); tx.Exec("SET LOCAL jit = off"); tx.Exec("SET ROLE a") }
-- listens/a.go --
package listens

import "database/sql"

func Use(db *sql.DB) { db.Exec("LISTEN a") }
-- directive/a.go --
package directive

//poolvet:ignore listen -- nothing listens
var x int
-- clean/a.go --
package clean
-- 1.sql --
-- +goose Up
SET jit = off;
`

// A run with findings ends with what each rule found and with what to type next,
// which keeps the flags.
func TestEndOfARun(t *testing.T) {
	dir := module(t, ending)
	many := "package many\n\nimport \"database/sql\"\n\nfunc Use(db *sql.DB) {\n"
	for i := range 20 {
		many += fmt.Sprintf("\tdb.Exec(\"LISTEN l%d\")\n", i)
	}
	if err := os.Mkdir(dir+"/many", 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "many/a.go", many+"}\n")
	for _, test := range []struct{ args, stdin, want string }{
		{"-pooler=pgbouncer ./fixable", "", "rule      findings  worst\nlisten    2         error\nset-role  1         error\nnext: poolvet -fix -pooler=pgbouncer ./fixable\n"},
		{"-pooler=pgbouncer -rules=set-role -func=(*db.Store).Run:1 ./fixable", "",
			"rule      findings  worst\nset-role  1         error\nnext: poolvet -fix -pooler=pgbouncer -rules=set-role '-func=(*db.Store).Run:1' ./fixable\n"},
		{"./listens", "", "rule    findings  worst\nlisten  1         warning\nnext: poolvet explain listen\n"},
		{"./directive", "", "rule       findings  worst\ndirective  1         warning\n"},
		{"./many", "", "rule    findings  worst\nlisten  20        warning\nnext: poolvet -baseline=poolvet.baseline -write-baseline ./many\n"},
		{"-fail-on=leaks ./listens", "", "rule    findings  worst\nlisten  1         note\nnext: poolvet explain listen\n"},
		{"./clean", "", ""},
		{"-format=json ./fixable", "", ""},
		{"-format=github ./fixable", "", ""},
		{"-baseline=known -write-baseline ./many", "", ""},
		{"sql -pooler=pgbouncer 1.sql", "", "rule           findings  worst\nset-parameter  1         error\nnext: poolvet sql -fix -pooler=pgbouncer 1.sql\n"},
		{"sql -pooler=pgbouncer -all 1.sql -", "SELECT nextval('s')", "rule           findings  worst\nset-parameter  1         error\nnext: poolvet sql -fix -pooler=pgbouncer -all 1.sql -\n"},
		{"sql -pooler=pgbouncer", "-- +goose Up\nSET jit = off;", "rule           findings  worst\nset-parameter  1         error\nnext: poolvet explain set-parameter\n"},
	} {
		if r := poolvet(t, dir, test.stdin, strings.Fields(test.args)...); r.rules != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.args, r.rules, test.want)
		}
	}
	// What is left after the fixes, and what is known, is read on.
	poolvet(t, dir, "", "-fix", "-pooler=pgbouncer", "./fixable")
	if r := poolvet(t, dir, "", "-pooler=pgbouncer", "./fixable"); !strings.HasSuffix(r.rules, "next: poolvet explain listen\n") {
		t.Errorf("after the fixes:\n%s", r.rules)
	}
}

// No baseline is for the lines that changed.
func TestNoBaselineIsNextOfChangedLines(t *testing.T) {
	dir, _ := repository(t)
	calls := strings.Repeat("\tdb.Exec(\"LISTEN a\")\n", many)
	add(t, dir, "many.go", "package grown\n\nimport \"database/sql\"\n\nfunc Many(db *sql.DB) {\n"+calls+"}\n")
	if r := poolvet(t, dir, "", "-since=main", "-rules=listen", "."); !strings.HasSuffix(r.rules, "\nnext: poolvet explain listen\n") {
		t.Errorf("%s%s", r.rules, r.stderr)
	}
	if r := poolvet(t, dir, "", "-rules=listen", "."); !strings.HasSuffix(r.rules, "\nnext: poolvet -baseline=poolvet.baseline -write-baseline -rules=listen .\n") {
		t.Errorf("%s%s", r.rules, r.stderr)
	}
}

// The command that is named does what it says where it is pasted.
func TestNextCommandIsForAShell(t *testing.T) {
	dir := module(t, ending)
	r := poolvet(t, dir, "", "-pooler=pgbouncer", "-dsn=sslmode=disable application_name=it's", "./fixable")
	_, next, _ := strings.Cut(r.rules, "next: poolvet")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", "'"+exe+"'"+next)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "POOLVET_TEST_AS_COMMAND=1")
	out, _ := cmd.CombinedOutput() // 1, for what is left
	if !strings.Contains(string(out), "fixed: Use SET LOCAL ROLE (set-role)") || !strings.Contains(read(t, dir, "fixable/a.go"), "SET LOCAL ROLE a") {
		t.Errorf("%s:\n%s", next, out)
	}
}

// The time is on stderr alone, so that what programs read is the same in every run.
func TestTheTimeIsOnStderrAlone(t *testing.T) {
	dir := module(t, ending)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{"./clean", "./listens", "-diff ./fixable", "-format=json ./listens", "-format=sarif ./listens", "-format=github ./listens", "compare -format=json ./listens", "sql 1.sql"} {
		cmd := exec.Command(exe, strings.Fields(args)...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "POOLVET_TEST_AS_COMMAND=1")
		var stdout, stderr strings.Builder
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		cmd.Run() // any status
		if !took.MatchString(stderr.String()) || strings.Contains(stdout.String(), "; took ") {
			t.Errorf("%s: %s\n%s", args, &stderr, &stdout)
		}
	}
}

func TestDurationsInShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		30 * time.Millisecond: "0.0s", 1260 * time.Millisecond: "1.3s", 72400 * time.Millisecond: "1m12s", time.Hour: "1h0m0s",
	} {
		if got := inShort(d); got != want {
			t.Errorf("%v is %s, want %s", d, got, want)
		}
	}
}

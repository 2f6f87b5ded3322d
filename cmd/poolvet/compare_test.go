package main

import (
	"slices"
	"strings"
	"testing"
)

const mover = `
-- go.mod --
module example.com/mover
go 1.25
-- role/role.go --
package role

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE a"); db.Exec("SET ROLE b") }
-- lock/lock.go --
package lock

import "database/sql"

func Use(db *sql.DB) { db.Exec("SELECT pg_advisory_lock(1)") }
-- good/good.go --
package good

import "database/sql"

func Use(db *sql.DB) { db.Exec("SELECT 1") }
`

func TestCompareTable(t *testing.T) {
	dir := module(t, mover)
	r := poolvet(t, dir, "", "compare", "-pooler=pgbouncer@1.18,none,rdsproxy,odyssey", "./...")
	want := `                set   session
pooler          worst  places  role  lock
none            -      0       .     .
rdsproxy        pins   3       2P    1P
odyssey@1.5     lost   3       2X    1X
pgbouncer@1.18  leaks  3       2L    1L

L  leaks to other clients
X  is lost
P  pins the connection

No pooler here takes this code as it is. The least harm is behind RDS Proxy: 3 places pin.
3 packages read for 4 poolers; exit status 0: all was read
`
	if got := strings.TrimLeft(r.stdout, " "); r.status != 0 || got != strings.TrimLeft(want, " ") || r.stderr != "" {
		t.Errorf("status %d, stderr %q\n%s", r.status, r.stderr, r.stdout)
	}
}

// What is said of some code holds whichever pooler the rest is behind.
func TestCompareWithPoolersForSomeCode(t *testing.T) {
	dir := module(t, mover)
	r := poolvet(t, dir, "", "compare", "-pooler=rdsproxy,./role=none,pgbouncer@1.18", "./...")
	for _, line := range []string{"rdsproxy        pins   1       1P", "pgbouncer@1.18  leaks  1       1L"} {
		r.want(t, 0, line, "")
	}
	poolvet(t, dir, "", "compare", "-pooler=rdsproxy,./rule=none", "./...").want(t, 0, "rdsproxy", "-pooler=./rule=none: none of the packages")
	poolvet(t, dir, "", "compare", "-pooler=./...=none", "./...").want(t, 0, "nothing found behind any pooler", "")
}

func TestFindingsOfCompareHaveLevels(t *testing.T) {
	r := poolvet(t, module(t, mover), "", "compare", "-pooler=pgbouncer,rdsproxy", "-format=json", "./...")
	if strings.Count(r.stdout, `"level":"error"`) != 3 || strings.Count(r.stdout, `"level":"warning"`) != 3 {
		t.Error(r.stdout)
	}
}

func TestComparePutsTheLeastHarmFirst(t *testing.T) {
	dir := module(t, mover)
	r := poolvet(t, dir, "", "compare", "./...")
	for _, name := range []string{"rdsproxy", "pgbouncer@", "supavisor", "neon", "none"} {
		if !strings.Contains(r.stdout, "\n"+name) {
			t.Errorf("%s is missing", name)
		}
	}
	_, rows, _ := strings.Cut(r.stdout, "pooler ")
	var worst []int
	for line := range strings.Lines(rows) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			break
		}
		for i, o := range []string{"wrong-rows", "refused", "leaks", "lost", "pins", "no-effect", "ok"} {
			if len(fields) > 2 && fields[1] == o {
				worst = append(worst, -i)
			}
		}
	}
	if len(worst) < 10 || !slices.IsSorted(worst) {
		t.Errorf("outcomes %v in\n%s", worst, r.stdout)
	}
}

func TestCompareOfGoodAndBadPackages(t *testing.T) {
	dir := module(t, mover)
	poolvet(t, dir, "", "compare", "./good").want(t, 0, "nothing found behind any pooler\n1 package read for 24 poolers; exit status 0: all was read\n", "")
	poolvet(t, dir, "", "compare", "-format=html", "./good").want(t, 0, "Nothing was found that keeps this code from", "")
	poolvet(t, dir, "", "compare", "-pooler=rdsproxy,pgbounce", "./...").want(t, 2, "", `"pgbounce"`)
	poolvet(t, dir, "", "compare", "-format=pdf", "./...").want(t, 2, "", `"pdf"`)
	poolvet(t, dir, "", "compare", "-rules=nothing", "./...").want(t, 2, "", `"nothing"`)
	poolvet(t, dir, "", "compare", "./nowhere", "./lock").want(t, 2, "pgdog", "nowhere")
	poolvet(t, dir, "", "compare", "-help").want(t, 0, "-format", "")
}

const uncertain = `
-- go.mod --
module example.com/app
go 1.25
-- app.go --
package app

import "database/sql"

func Use(db *sql.DB) { db.Exec("CREATE TEMP TABLE t (a int)") }
func Two(tx *sql.Tx) { tx.Exec("SET LOCAL jit = off") }
`

// A leak that is only inferred counts, and is marked.
func TestCompareCountsWhatIsUncertain(t *testing.T) {
	dir := module(t, uncertain)
	r := poolvet(t, dir, "", "compare", "-pooler=pgdog,rdsproxy", ".")
	for _, words := range []string{"1L?", "1P?", "\n?  is not certain", "Nothing certain keeps this code from PgDog (1 may leak)."} {
		if !strings.Contains(r.stdout, words) {
			t.Errorf("%q is missing", words)
		}
	}
	if t.Failed() || r.status != 0 {
		t.Errorf("status %d\n%s", r.status, r.stdout)
	}
	r = poolvet(t, dir, "", "compare", "-pooler=pgdog", "-format=html", ".")
	for _, words := range []string{`class="leaks unsure"`, `data-unsure="true"`, "may leak", "1 package read for PgDog"} {
		if !strings.Contains(r.stdout, words) {
			t.Errorf("%q is missing in the page", words)
		}
	}
	r = poolvet(t, dir, "", "compare", "-pooler=pgdog", "-format=json", ".")
	for _, words := range []string{`"counts":[{"outcome":"leaks","certain":false,"places":1}]`, `"evidence":"inferred"`, `"exitStatus":0`} {
		if !strings.Contains(r.stdout, words) {
			t.Errorf("%q is missing in %s", words, r.stdout)
		}
	}
}

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
odyssey         lost   3       2X    1X
pgbouncer@1.18  leaks  3       2L    1L

L  leaks to other clients
X  is lost
P  pins the connection

No pooler here takes this code as it is. The least harm is behind RDS Proxy: 3 places pin.
`
	if got := strings.TrimLeft(r.stdout, " "); r.status != 0 || got != strings.TrimLeft(want, " ") || r.stderr != "" {
		t.Errorf("status %d, stderr %q\n%s", r.status, r.stderr, r.stdout)
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
		for i, o := range outcomes {
			if len(fields) > 2 && fields[1] == string(o.Outcome) {
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
	poolvet(t, dir, "", "compare", "./good").want(t, 0, "nothing found in 1 package, behind no pooler\n", "")
	poolvet(t, dir, "", "compare", "-format=html", "./good").want(t, 0, "Nothing was found that keeps this code from", "")
	poolvet(t, dir, "", "compare", "-pooler=rdsproxy,pgbounce", "./...").want(t, 2, "", `"pgbounce"`)
	poolvet(t, dir, "", "compare", "-format=pdf", "./...").want(t, 2, "", `"pdf"`)
	poolvet(t, dir, "", "compare", "-rules=nothing", "./...").want(t, 2, "", `"nothing"`)
	poolvet(t, dir, "", "compare", "./nowhere", "./lock").want(t, 2, "pgdog", "nowhere")
	poolvet(t, dir, "", "compare", "-help").want(t, 0, "-format", "")
}

func TestTally(t *testing.T) {
	findings := []finding{{Outcome: "pins"}, {Outcome: "leaks"}, {Outcome: "pins"}}
	tally := tallyOf(findings)
	if tally.String() != "1 leaks, 2 pin" || tally.letters() != "1L 2P" || tally.class() != "leaks" || tally.clean() {
		t.Errorf("%s, %s, %s", tally, tally.letters(), tally.class())
	}
	if none := tallyOf([]finding{{Outcome: "no-effect"}}); !none.clean() {
		t.Error("what has no effect anywhere counts against a pooler")
	}
}

func TestLinksInReferences(t *testing.T) {
	for reference, want := range map[string][2]string{
		"https://a.example/b":                              {"", "https://a.example/b"},
		"measured with PostgreSQL 15; https://a.example/b": {"measured with PostgreSQL 15;", "https://a.example/b"},
		"see https://a.example/b, part 3":                  {"see part 3", "https://a.example/b"},
		"odyssey: sources/reset.c":                         {"odyssey: sources/reset.c", ""},
		"javascript:alert(1)":                              {"javascript:alert(1)", ""},
	} {
		if text, url := link(reference); text != want[0] || url != want[1] {
			t.Errorf("%s: %q, %q", reference, text, url)
		}
	}
}

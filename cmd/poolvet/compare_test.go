package main

import (
	"cmp"
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
3 packages read for 4 poolers; exit status 0: all was read
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
	poolvet(t, dir, "", "compare", "./good").want(t, 0, "nothing found behind any pooler\n1 package read for 14 poolers; exit status 0: all was read\n", "")
	poolvet(t, dir, "", "compare", "-format=html", "./good").want(t, 0, "Nothing was found that keeps this code from", "")
	poolvet(t, dir, "", "compare", "-pooler=rdsproxy,pgbounce", "./...").want(t, 2, "", `"pgbounce"`)
	poolvet(t, dir, "", "compare", "-format=pdf", "./...").want(t, 2, "", `"pdf"`)
	poolvet(t, dir, "", "compare", "-rules=nothing", "./...").want(t, 2, "", `"nothing"`)
	poolvet(t, dir, "", "compare", "./nowhere", "./lock").want(t, 2, "pgdog", "nowhere")
	poolvet(t, dir, "", "compare", "-help").want(t, 0, "-format", "")
}

func TestTally(t *testing.T) {
	found := tallyOf([]finding{
		{Outcome: "pins"}, {Outcome: "leaks"}, {Outcome: "pins"}, {Outcome: "leaks", Evidence: "inferred"}, {Outcome: "ok", Evidence: "inferred"},
	})
	if found.String() != "1 leaks, 1 may leak, 2 pin, 1 may be ok" || found.letters() != "1L 1L? 2P 1?" || found.class() != "leaks" || found.worst() != "leaks" || !found.certain() {
		t.Errorf("%s, %s, %s, %s", found, found.letters(), found.class(), found.worst())
	}
	if none := tallyOf([]finding{{Outcome: "no-effect"}}); !none.none() {
		t.Error("what has no effect anywhere counts against a pooler")
	}
	for _, evidence := range []string{"inferred", "contested"} {
		unsure := tallyOf([]finding{{Outcome: "leaks", Evidence: evidence}})
		if unsure.none() || unsure.certain() || unsure.letters() != "1L?" || unsure.class() != "leaks unsure" || unsure.worst() != "leaks?" {
			t.Errorf("%s: %s, %s, %s", evidence, unsure.letters(), unsure.class(), unsure.worst())
		}
	}
	// What is only thought to be ok is never shown as good.
	unknown := tallyOf([]finding{{Outcome: "ok", Evidence: "inferred"}})
	if unknown.none() || unknown.letters() != "1?" || unknown.class() != "ok unsure" {
		t.Errorf("%s, %s", unknown.letters(), unknown.class())
	}
}

func TestOrderOfHarm(t *testing.T) {
	of := func(evidence string, outcomes ...string) tally {
		var findings []finding
		for _, o := range outcomes {
			findings = append(findings, finding{Outcome: o, Evidence: evidence})
		}
		return tallyOf(findings)
	}
	// The one with less harm first.
	order := []tally{
		of("measured"),
		of("inferred", "ok"),
		of("measured", "no-effect"),
		of("measured", "pins", "pins", "pins"),
		of("measured", "lost"),
		of("measured", "lost", "pins"),
		of("inferred", "leaks"),
		of("measured", "leaks"),
		of("measured", "leaks", "leaks"),
		of("measured", "refused"),
		of("measured", "refused", "leaks", "lost"),
		of("measured", "wrong-rows"),
	}
	for i := range order {
		for j := range order {
			if got, want := order[i].compare(order[j]), cmp.Compare(i, j); got != want {
				t.Errorf("(%s) against (%s) is %d, want %d", order[i], order[j], got, want)
			}
		}
	}
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

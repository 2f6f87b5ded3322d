package main

import (
	"os"
	"strings"
	"testing"
)

const leveled = `
-- go.mod --
module example.com/app
go 1.25
-- app.go --
package app

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE a"); db.Exec("SET LOCAL jit = off") }
-- a.sql --
SET ROLE a;
SELECT nextval('s');
`

// What -fail-on leaves out is printed as a note in every format, and the run
// does not fail for it.
func TestFailOn(t *testing.T) {
	dir := module(t, leveled)
	for _, test := range []struct {
		args   string
		status int
		levels string // of the findings, in order
		want   string // in the summary
	}{
		{".", 1, "error warning", "2 findings in 1 package; "},
		{"-fail-on=leaks .", 1, "error note", "2 findings, of which 1 note, in 1 package; "},
		{"-fail-on=no-effect .", 1, "note warning", "2 findings, of which 1 note, in 1 package; "},
		{"-fail-on=no-effect,leaks .", 1, "error warning", "2 findings in 1 package; "},
		{"-fail-on=no-effect -fail-on=leaks .", 1, "error warning", "2 findings in 1 package; "},
		{"-fail-on=pins,refused .", 0, "note note", "2 findings, all of them notes, in 1 package; "},
		{"-fail-on= .", 1, "error warning", "2 findings in 1 package; "},
		{"-fail-on=pins -rules=set-role .", 0, "note", "1 finding, a note, in 1 package; "},
	} {
		args := append([]string{"-pooler=pgbouncer"}, strings.Fields(test.args)...)
		var levels []string
		r := poolvet(t, dir, "", append([]string{"-format=json"}, args...)...)
		for _, f := range decode(t, r.stdout) {
			levels = append(levels, f["level"].(string))
		}
		if got := strings.Join(levels, " "); got != test.levels || r.status != test.status || !strings.HasPrefix(r.summary, test.want) {
			t.Errorf("%s: status %d, levels %s, %s", test.args, r.status, got, r.summary)
		}
		if !strings.Contains(test.levels, "note") {
			continue // as in other tests
		}
		text := poolvet(t, dir, "", args...).stdout
		sarif := poolvet(t, dir, "", append([]string{"-format=sarif"}, args...)...).stdout
		_, sarif, _ = strings.Cut(sarif, `"results": [`)
		github := poolvet(t, dir, "", append([]string{"-format=github"}, args...)...).stdout
		for _, level := range []string{"error", "warning", "note"} {
			n := strings.Count(test.levels+" ", level+" ")
			if got := strings.Count(text, ": "+level+": "); got != n {
				t.Errorf("%s: %d of level %s as text", test.args, got, level)
			}
			if got := strings.Count(sarif, `"level": "`+level+`"`); got != n {
				t.Errorf("%s: %d of level %s in SARIF", test.args, got, level)
			}
			if got := strings.Count(github, "::"+strings.Replace(level, "note", "notice", 1)+" file="); got != n {
				t.Errorf("%s: %d of level %s for GitHub", test.args, got, level)
			}
		}
	}
}

func TestFailOnForSQL(t *testing.T) {
	dir := module(t, leveled)
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-fail-on=pins", "a.sql").want(t, 0, "a.sql:1:1: note: SET ROLE", "")
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-fail-on=leaks", "a.sql").want(t, 1, "a.sql:1:1: error: SET ROLE", "")
	poolvet(t, dir, "", "sql", "-pooler=pgbouncer", "-all", "a.sql").want(t, 1, "a.sql:2:8: note: nextval", "")
}

// A directive that is wrong fails whatever -fail-on says.
func TestWrongDirectivesFail(t *testing.T) {
	dir := module(t, leveled)
	if err := os.WriteFile(dir+"/b.go", []byte("package app\n\n//poolvet:ignore listen -- nothing listens\nvar x int\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	poolvet(t, dir, "", "-fail-on=pins", "-pooler=pgbouncer", ".").want(t, 1, "b.go:3:1: warning: //poolvet:ignore: ", "")
}

func TestFailOnOfWhatIsNoOutcome(t *testing.T) {
	want := `poolvet: invalid value "leaks,pin" for flag -fail-on: "pin" is not known (did you mean pins?); known are wrong-rows, refused, leaks, lost, pins, no-effect`
	poolvet(t, t.TempDir(), "", "-fail-on=leaks,pin", ".").want(t, 2, "", want)
	poolvet(t, t.TempDir(), "", "sql", "-fail-on=ok").want(t, 2, "", `"ok" is not known; known are `)
}

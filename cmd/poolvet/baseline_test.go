package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const oldCode = `
-- go.mod --
module example.com/app
go 1.25
-- old/old.go --
package old

import "database/sql"

type Store struct{ db *sql.DB }

func (s *Store) Twice() {
	s.db.Exec("SET ROLE a")
	s.db.Exec("SET ROLE a")
}

func Listen(db *sql.DB) { db.Exec("LISTEN orders") }
-- other/other.go --
package other

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE other") }
`

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const oldBaseline = `{"rule":"listen","package":"example.com/app/old","function":"Listen","text":"LISTEN orders","count":1}
{"rule":"set-role","package":"example.com/app/old","function":"Store.Twice","text":"SET ROLE","count":2}
{"rule":"set-role","package":"example.com/app/other","function":"Use","text":"SET ROLE","count":1}
`

func TestBaselineHidesWhatIsKnown(t *testing.T) {
	dir := module(t, oldCode)
	poolvet(t, dir, "", "-baseline=known", "-write-baseline", "./...").want(t, 0, "", "4 findings written to known")
	if got := read(t, dir, "known"); got != oldBaseline {
		t.Fatalf("wrote\n%s", got)
	}
	poolvet(t, dir, "", "-baseline=known", "./...").want(t, 0, "", "")

	// Code moves, and one more of the same is one more.
	moved := "package old\n\nimport \"database/sql\"\n\n// A comment.\nfunc Listen(db *sql.DB) { db.Exec(\"LISTEN orders\") }\n\n" +
		"type Store struct{ db *sql.DB }\n\nfunc (s *Store) Twice() {\n\ts.db.Exec(\"SET ROLE a\")\n\ts.db.Exec(\"SET ROLE a\")\n\ts.db.Exec(\"SET ROLE a\")\n}\n"
	write(t, dir, "old/old.go", moved)
	r := poolvet(t, dir, "", "-format=json", "-baseline=known", "./...")
	if found := decode(t, r.stdout); r.status != 1 || len(found) != 1 || found[0]["line"] != 13.0 || r.stderr != "" {
		t.Errorf("%+v", r)
	}
}

func TestBaselineTellsWhatIsGone(t *testing.T) {
	dir := module(t, oldCode)
	write(t, dir, "known", oldBaseline)
	write(t, dir, "old/old.go", "package old\n\nimport \"database/sql\"\n\nfunc Listen(db *sql.DB) { db.Exec(\"LISTEN orders\") }\n")
	poolvet(t, dir, "", "-baseline=known", "./old").want(t, 0, "",
		"known: no longer found, renew it with -write-baseline: set-role in example.com/app/old.Store.Twice: SET ROLE (2 times)\n")
	// What was not looked for is not gone.
	poolvet(t, dir, "", "-baseline=known", "./other").want(t, 0, "", "")
	poolvet(t, dir, "", "-baseline=known", "-rules=listen", "./...").want(t, 0, "", "")
	// Unless its package is.
	if err := os.RemoveAll(filepath.Join(dir, "other")); err != nil {
		t.Fatal(err)
	}
	poolvet(t, dir, "", "-baseline=known", "./old").want(t, 0, "", "set-role in example.com/app/other.Use")
}

func TestRenewedBaselineKeepsWhatWasNotLookedFor(t *testing.T) {
	dir := module(t, oldCode)
	write(t, dir, "known", oldBaseline)
	write(t, dir, "old/old.go", "package old\n")
	poolvet(t, dir, "", "-baseline=known", "-write-baseline", "./old").want(t, 0, "", "0 findings written")
	if got, want := read(t, dir, "known"), oldBaseline[strings.LastIndex(oldBaseline, "{"):]; got != want {
		t.Errorf("wrote\n%s", got)
	}
}

func TestBadBaselines(t *testing.T) {
	dir := module(t, oldCode)
	one := `{"rule":"listen","package":"p","function":"f","text":"t","count":1}`
	for name, test := range map[string]struct{ text, wrong string }{
		"not JSON":      {"package main", "line 1"},
		"another field": {one + "\n" + `{"rule":"listen","line":3,"count":1}`, "line 2"},
		"no count":      {`{"rule":"listen","package":"p","function":"f","text":"t"}`, "count"},
		"two on a line": {one + one, "line 1"},
		"a JSON array":  {"[" + one + "]", "line 1"},
	} {
		write(t, dir, "bad", test.text)
		for _, args := range [][]string{{"-baseline=bad", "./..."}, {"-baseline=bad", "-write-baseline", "./..."}} {
			r := poolvet(t, dir, "", args...)
			if r.status != 2 || r.stdout != "" || !strings.Contains(r.stderr, "baseline bad: ") || !strings.Contains(r.stderr, test.wrong) {
				t.Errorf("%s: %+v", name, r)
			}
		}
		if read(t, dir, "bad") != test.text {
			t.Errorf("%s: what is no baseline was overwritten", name)
		}
	}
	poolvet(t, dir, "", "-baseline=missing", "./...").want(t, 2, "", "missing does not exist")
	poolvet(t, dir, "", "-write-baseline", "./...").want(t, 2, "", "-baseline=file")
	poolvet(t, dir, "", "-baseline=no/folder", "-write-baseline", "./...").want(t, 2, "", "no/folder")
}

// Branches that each add an entry may leave it twice.
func TestBaselineOfMergedBranches(t *testing.T) {
	b, err := parseBaseline([]byte(oldBaseline + "\n" + oldBaseline))
	if err != nil || len(b) != 3 || b[known{"set-role", "example.com/app/old", "Store.Twice", "SET ROLE"}] != 4 {
		t.Errorf("%v, %v", b, err)
	}
}

package frontends

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const app = `
-- go.mod --
module example.com/app
go 1.25
-- store/store.go --
package store

import "database/sql"

func Use(db *sql.DB, remote Remote) error {
	remote.Run("app", "SET ROLE auditor")
	_, err := db.Exec("SET search_path TO app")
	return err
}

// Remote runs SQL somewhere else.
type Remote struct{ last string }

func (r *Remote) Run(database, statement string) { r.last = statement }
-- store/store_test.go --
package store

import "database/sql"

func inTest(db *sql.DB) { db.Exec("LISTEN orders") }
-- quiet/quiet.go --
package quiet

import "database/sql"

func Use(db *sql.DB) error {
	_, err := db.Exec("SELECT 1")
	return err
}
`

// golangci-lint, with poolvet in it, says nothing of poolvet's own code.
func TestGolangciOnPoolvetItself(t *testing.T) {
	runGolangci(t, root, filepath.Join(root, ".golangci.yml")).want(t, 0)
}

// config is .golangci.example.yml with other settings.
func config(t *testing.T, settings string) string {
	t.Helper()
	before, rest, _ := strings.Cut(read(t, example), "        settings:\n")
	_, after, ok := strings.Cut(rest, "  exclusions:\n")
	if !ok {
		t.Fatal(example + " does not look as it did")
	}
	name := filepath.Join(t.TempDir(), "golangci.yml")
	var indented strings.Builder
	for line := range strings.Lines(strings.TrimSpace(settings)) {
		indented.WriteString("          " + line)
	}
	write(t, name, before+"        settings:\n"+indented.String()+"\n  exclusions:\n"+after)
	return name
}

func TestGolangciSettings(t *testing.T) {
	dir := module(t, app)
	for _, test := range []struct{ settings, want string }{
		{"pooler: rdsproxy", "set-parameter"},
		{"pooler: none", ""},
		{"pooler: pgdog", ""}, // it replays SET
		{"rules: [-set-parameter]", ""},
		{"tests: true", "set-parameter listen"},
		{"tests: true\nrules: [listen]", "listen"},
		{"direct: [example.com/app/store]", ""},
		{"pooler: pgbouncer\ntracked-params: [search_path]", ""},
		{"functions:\n  - name: (*example.com/app/store.Remote).Run\n    arg: 1", "set-role set-parameter"},
	} {
		var got []string
		for _, f := range byGolangci(t, dir, config(t, test.settings)) {
			got = append(got, strings.Trim(f.message[strings.LastIndexByte(f.message, '('):], "()"))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: found %q, want %q", test.settings, got, test.want)
		}
	}
}

func TestGolangciNamesABadSetting(t *testing.T) {
	dir := module(t, app)
	for settings, want := range map[string]string{
		"pool: pgbouncer":                 `"pool" is no setting (did you mean pooler?); those are direct, `,
		"pooler: pgbounce":                `"pgbounce"`,
		"rules: [set-everything]":         `"set-everything"`,
		"prepared-statements: sometimes":  `prepared-statements: "sometimes"`,
		"tracked-params: search_path":     "tracked-params: want a list, got string",
		"functions:\n  - name: example.F": "functions: each needs a name and an arg",
	} {
		runGolangci(t, dir, config(t, settings)).want(t, 3, "poolvet (devel): ", want)
	}
}

func TestGolangciObeysNolint(t *testing.T) {
	dir := module(t, app)
	file := filepath.Join(dir, "store", "store.go")
	code := read(t, file)
	for comment, want := range map[string]int{
		"//nolint:poolvet // a connection of its own":               0,
		"//nolint:errcheck":                                         1,
		"//poolvet:ignore set-parameter -- a connection of its own": 0,
	} {
		write(t, file, strings.Replace(code, `TO app")`, `TO app") `+comment, 1))
		if got := byGolangci(t, dir, example); len(got) != want {
			t.Errorf("%s leaves %v", comment, got)
		}
	}
}

// A finding that --fix does not mend is still reported: golangci-lint drops one
// whose fix it could not apply. It may report more, where one fix ends what
// another finding was about, and a fix may uncover what was hidden.
func TestGolangciFixLosesNoFinding(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(testdata)); err != nil {
		t.Fatal(err)
	}
	before := messages(byGolangci(t, dir, example))
	told := messages(byGolangci(t, dir, example, "--fix"))
	after := messages(byPoolvet(t, poolvet(t), dir, "-at-embed"))
	fixed := 0
	for message, n := range before {
		if left := min(n, after[message]); told[message] < left {
			t.Errorf("%d of %d told: %s", told[message], left, message)
		}
		fixed += max(0, n-after[message])
	}
	if fixed == 0 {
		t.Error("nothing is fixed")
	}
	command{dir: dir}.run(t, "go", "build", "./...").want(t, 0)
}

// messages counts what findings say: a fix moves those below it.
func messages(findings []finding) map[string]int {
	in := map[string]int{}
	for _, f := range findings {
		in[f.file+": "+f.message]++
	}
	return in
}

package main

import (
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// files are the files of what was found, each once.
func files(t *testing.T, r ran) (all []string) {
	t.Helper()
	for _, f := range decode(t, r.stdout) {
		all = append(all, f["file"].(string))
	}
	return slices.Compact(all)
}

const workspace = `
-- go.work --
go 1.25
use ./app
use ./lib
-- app/go.mod --
module example.com/app
go 1.25
-- app/app.go --
package app

import "example.com/lib"

func Use(s *lib.Store) { s.Run("SET ROLE app") }
-- app/deep/deep.go --
package deep

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE deep") }
-- lib/go.mod --
module example.com/lib
go 1.25
-- lib/lib.go --
package lib

import "database/sql"

type Store struct{ DB *sql.DB }

func (s *Store) Run(query string) { s.DB.Exec(query) }
func (s *Store) Own()             { s.Run("SET ROLE lib") }
`

// A workspace takes the patterns that go list takes in it, and its modules see
// each other's source.
func TestWorkspaces(t *testing.T) {
	dir := module(t, workspace)
	for _, test := range []struct{ args, want string }{
		{"./app/... ./lib/...", "app/app.go app/deep/deep.go lib/lib.go"},
		{"example.com/app/... example.com/lib", "app/app.go app/deep/deep.go lib/lib.go"},
		{"work", "app/app.go app/deep/deep.go lib/lib.go"},
		{"./app", "app/app.go"},
		{"-C app ./...", "app/app.go app/deep/deep.go"},
		{"-C lib example.com/app", "app/app.go"},
	} {
		r := poolvet(t, dir, "", append([]string{"-format=json"}, strings.Fields(test.args)...)...)
		if got := strings.Join(files(t, r), " "); got != test.want || r.status != 1 {
			t.Errorf("%s: status %d, found in %q, want %q\n%s", test.args, r.status, got, test.want, r.stderr)
		}
	}
	// Without the workspace there is no module here.
	t.Setenv("GOWORK", "off")
	poolvet(t, dir, "", "./app").want(t, 2, "", "there is no go.mod in this folder or above; ")
}

// A module in a vendored tree is read from there, and not reported on.
func TestVendoredTrees(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
require example.com/wrap v1.2.3
-- app.go --
package app

import "example.com/wrap"

func Use(s *wrap.Store) { s.Run("SET ROLE app") }
-- vendor/modules.txt --
# example.com/wrap v1.2.3
## explicit; go 1.25
example.com/wrap
-- vendor/example.com/wrap/wrap.go --
package wrap

import "database/sql"

type Store struct{ db *sql.DB }

func (s *Store) Run(query string) { s.db.Exec(query) }
func (s *Store) Own()             { s.db.Exec("SET ROLE wrap") }
`)
	r := poolvet(t, dir, "", "-format=json", "./...")
	if got := files(t, r); r.status != 1 || !slices.Equal(got, []string{"app.go"}) {
		t.Errorf("status %d, found in %q\n%s", r.status, got, r.stderr)
	}
}

// Files of another operating system are analysed when GOOS names it, as for
// every go command.
func TestFilesOfAnOperatingSystem(t *testing.T) {
	other := "windows"
	if runtime.GOOS == other {
		other = "linux"
	}
	file := func(goos string) string {
		return "-- db_" + goos + ".go --\npackage app\n\nimport \"database/sql\"\n\nfunc Use(db *sql.DB) { db.Exec(\"SET ROLE x\") }\n"
	}
	dir := module(t, "-- go.mod --\nmodule example.com/app\ngo 1.25\n"+file(runtime.GOOS)+file(other))
	want := func(goos string) {
		t.Helper()
		r := poolvet(t, dir, "", "-format=json", ".")
		if got := files(t, r); !slices.Equal(got, []string{"db_" + goos + ".go"}) {
			t.Errorf("status %d, found in %q\n%s", r.status, got, r.stderr)
		}
	}
	want(runtime.GOOS)
	if testing.Short() {
		t.Skip("the standard library is compiled for another system")
	}
	t.Setenv("GOOS", other)
	t.Setenv("CGO_ENABLED", "0")
	want(other)
}

// Modules beside each other without a workspace are analysed one by one.
func TestModulesOneByOne(t *testing.T) {
	dir := module(t, strings.Replace(strings.ReplaceAll(workspace, "import \"example.com/lib\"\n\nfunc Use(s *lib.Store) { s.Run(",
		"import \"database/sql\"\n\nfunc Use(s *sql.DB) { s.Exec("), "-- go.work --\ngo 1.25\nuse ./app\nuse ./lib\n", "", 1))
	for _, name := range []string{"app", "lib"} {
		poolvet(t, dir, "", "-C", name, "./...").want(t, 1, filepath.Join(name, name+".go")+":", "")
	}
}

// A server that a connection string names is one that a pattern is for.
func TestPatternsOfServers(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/a
go 1.25
-- a.go --
package a

import "database/sql"

func Use() {
	db, _ := sql.Open("postgres", "postgres://app@db-direct.internal:6543/app")
	db.Exec("LISTEN a")
}
`)
	for _, direct := range []string{"host:db-direct.internal", "host:db-*.internal:6543", "port:6543", "host:DB-direct.internal"} {
		r := poolvet(t, dir, "", "-direct="+direct, ".")
		r.want(t, 0, "", "")
		if !strings.Contains(r.summary, "1 finding past the pooler") {
			t.Error(r.summary)
		}
	}
	for _, direct := range []string{"host:db.internal", "port:5432", "host:db-direct.internal:5432"} {
		poolvet(t, dir, "", "-direct="+direct, ".").want(t, 1, "LISTEN a", "-direct="+direct+": nothing was found on such a server")
	}
}

// Modules that no go.work joins are read in one run, each from its own folder.
func TestSeveralModulesInOneRun(t *testing.T) {
	dir := module(t, `
-- a/go.mod --
module example.com/a
go 1.25
-- a/a.go --
package a

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE a"); db.Exec("SELECT touch()") }
-- a/schema.sql --
CREATE FUNCTION touch() RETURNS void LANGUAGE sql AS $$ SELECT set_config('app.a', 'b', false) $$;
-- b/go.mod --
module example.com/b
go 1.25
-- b/jobs/b.go --
package jobs

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE b"); db.Exec("SELECT touch()") }
-- c/go.mod --
module example.com/c
go 1.25
-- c/c.go --
package c

func Use() { undefined() }
`)
	r := poolvet(t, dir, "", "-C", "a", "-C=b", "-format=json", "./...")
	if got := strings.Join(files(t, r), " "); got != "a/a.go b/jobs/b.go" || r.status != 1 || r.stderr != "" {
		t.Errorf("found in %s: %+v", got, r)
	}
	if n := strings.Count(r.stdout, "touch(…)"); n != 1 || strings.Contains(r.stdout, `b/jobs/b.go","line":5,"column":53`) {
		t.Errorf("what one module defines is called in the other:\n%s", r.stdout)
	}
	if !strings.Contains(r.summary, "3 findings in 2 packages; 2 packages read") {
		t.Error(r.summary)
	}
	poolvet(t, dir, "", "./...", "-C", "a,b", "-direct=./jobs/...").want(t, 1, "a/a.go", "")
	poolvet(t, dir, "", "./...", "-C", "a,b", "-direct=./job/...").want(t, 1, "a/a.go", "-direct=./job/...: none of the packages")
	poolvet(t, dir, "", "./...", "-C", "a,c").want(t, 2, "a/a.go", "undefined")
	poolvet(t, dir, "", "./...", "-C", "a,nowhere").want(t, 2, "", `there is no folder "nowhere"`)

	poolvet(t, dir, "", "-C=a,b", "-baseline=old.json", "-write-baseline", "./...").want(t, 0, "", "3 findings written")
	poolvet(t, dir, "", "-C=a,b", "-baseline=old.json", "./...").want(t, 0, "", "")
	poolvet(t, dir, "", "-C=b", "-baseline=old.json", "./...").want(t, 0, "", "")
	if r := poolvet(t, dir, "", "-C=a,b", "-format=sarif", "./..."); strings.Count(r.stdout, `"ruleId"`) != 3 || strings.Count(r.stdout, `"tool"`) != 1 {
		t.Errorf("%s", r.stdout)
	}
	poolvet(t, dir, "", "compare", "-pooler=pgbouncer,none", "-C=a,b", "./...").want(t, 0, "2 packages read", "")
}

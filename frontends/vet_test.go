package frontends

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// embedding is a package whose findings are in a file that it embeds, and one
// that imports it.
const embedding = `
-- go.mod --
module example.com/app
go 1.25
-- store/store.go --
package store

import (
	"database/sql"
	_ "embed"
)

//go:embed setup.sql
var setup string

func Setup(db *sql.DB) { db.Exec(setup) }
-- store/setup.sql --
SET ROLE app;
-- main.go --
package main

import (
	"database/sql"

	"example.com/app/store"
)

func main() { store.Setup(new(sql.DB)) }
`

// go vet keeps findings, and runs the tool again only on what has changed:
// Go files, embedded files or flags.
func TestVetRunsAgainOnlyOnWhatChanged(t *testing.T) {
	dir, log := module(t, embedding), filepath.Join(t.TempDir(), "log")
	tool := filepath.Join(t.TempDir(), "poolvet")
	write(t, tool, `#!/bin/sh
case $* in *.cfg) grep -h '"ImportPath": "example.com' "$(for last; do :; done; echo "$last")" >>'`+log+`' ;; esac
exec '`+poolvet(t)+`' "$@"
`)
	if err := os.Chmod(tool, 0o777); err != nil {
		t.Fatal(err)
	}
	// vet runs go vet, and says on which packages that ran the tool.
	vet := func(flags ...string) (ran, string) {
		t.Helper()
		write(t, log, "")
		args := append([]string{"vet", "-vettool=" + tool}, flags...)
		r := command{dir: dir}.run(t, "go", append(args, "./...")...)
		return r, read(t, log)
	}
	first, tooled := vet()
	first.want(t, 1, "setup.sql:1:1: SET ROLE")
	if !strings.Contains(tooled, "example.com/app/store") {
		t.Fatalf("the tool ran on %q", tooled)
	}
	if again, tooled := vet(); again != first || tooled != "" {
		t.Errorf("the second run: %+v, with the tool on %q", again, tooled)
	}
	if r, tooled := vet("-pooler=none"); r.status != 0 || tooled == "" {
		t.Errorf("another flag: %+v, with the tool on %q", r, tooled)
	}
	write(t, filepath.Join(dir, "store", "setup.sql"), "SELECT 1;\nLISTEN orders;\n")
	r, _ := vet()
	r.want(t, 1, "setup.sql:2:1: LISTEN")
}

// A package's facts are the same bytes each time, so that caches can share
// them: the tool runs three times for one.
func TestFactsAreTheSameBytesEachTime(t *testing.T) {
	dir, log := module(t, wrapping), filepath.Join(t.TempDir(), "log")
	tool := filepath.Join(t.TempDir(), "poolvet")
	write(t, tool, `#!/bin/sh
poolvet='`+poolvet(t)+`'
for config; do :; done
case $config in
*.cfg)
	facts=$(sed -n 's/.*"VetxOutput": "\(.*\)".*/\1/p' "$config")
	"$poolvet" "$@" >/dev/null 2>&1; cp "$facts" "$facts.1"
	"$poolvet" "$@" >/dev/null 2>&1; cp "$facts" "$facts.2"
	"$poolvet" "$@"; status=$?
	if ! grep -q CarriesSQL "$facts"; then echo none
	elif cmp "$facts" "$facts.1" && cmp "$facts" "$facts.2"; then echo same
	else echo different
	fi >>'`+log+`'
	exit $status ;;
esac
exec "$poolvet" "$@"
`)
	if err := os.Chmod(tool, 0o777); err != nil {
		t.Fatal(err)
	}
	command{dir: dir}.run(t, "go", "vet", "-vettool="+tool, "./...").want(t, 1, "main.go:9:14: SET ROLE", "main.go:10:15: SET app.x", "main.go:11:16: LISTEN")
	if got := read(t, log); !strings.Contains(got, "same") || strings.Contains(got, "different") {
		t.Errorf("comparisons: %q", got)
	}
}

// wrapping is a package with many facts, and one that uses them.
const wrapping = `
-- go.mod --
module example.com/wrapping
go 1.25
-- main.go --
package main

import (
	"database/sql"
	"example.com/wrapping/store"
)

func use(s *store.Store, tx *sql.Tx) {
	s.Run("a", "SET ROLE app")
	s.Runf("b", "SET app.x = %d", 1)
	store.In(tx, "LISTEN orders")
}

func main() {}
-- store/store.go --
package store

import (
	"database/sql"
	"fmt"
)

type Store struct{ db *sql.DB }

func (s *Store) Run(name, query string) { s.db.Exec(query) }

func (s *Store) Runf(name, format string, args ...any) { s.Run(name, fmt.Sprintf(format, args...)) }

func In(tx *sql.Tx, query string) { tx.Exec(query) }

func Both(db *sql.DB, first, second string) { db.Exec(first); db.Exec(second) }
`

func TestVetFlags(t *testing.T) {
	dir := module(t, app)
	for _, test := range []struct {
		flags  string
		status int
		want   string
	}{
		{"-pooler=pgbouncer", 1, "store.go:7:21: SET search_path: leaks"},
		{"-poolvet.pooler=pgbouncer", 1, "store.go:7:21: SET search_path: leaks"},
		{"-tests -rules=listen", 1, "store_test.go:5:36: LISTEN"},
		{"-func=(*example.com/app/store.Remote).Run:1", 1, "store.go:6:21: SET ROLE"},
		{"-direct=example.com/app/store", 0, ""},
		{"-pooler=pgbouncer -tracked-params=search_path", 0, ""},
		{"-pooler=pgbounce", 1, `"pgbounce"`},
		{"-rule=listen", 2, "-rule"},
	} {
		args := append([]string{"vet", "-vettool=" + poolvet(t)}, strings.Fields(test.flags)...)
		command{dir: dir}.run(t, "go", append(args, "./...")...).want(t, test.status, test.want)
	}
}

func TestVetFixes(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- app.go --
package app

import "database/sql"

func Use(tx *sql.Tx) { tx.Exec("SET statement_timeout = 5000") }
`)
	vet := func(flags ...string) ran {
		return command{dir: dir}.run(t, "go", append([]string{"vet", "-vettool=" + poolvet(t), "-pooler=pgbouncer"}, append(flags, "./...")...)...)
	}
	vet("-fix", "-diff").want(t, 1, `+func Use(tx *sql.Tx) { tx.Exec("SET LOCAL statement_timeout = 5000") }`)
	vet().want(t, 1, "(set-parameter)")
	vet("-fix").want(t, 0)
	vet().want(t, 0)
}

// Where there is no C compiler, as in many an image, poolvet builds too, and
// it is the only program that `go install ./...` builds.
func TestInstallWithoutACompiler(t *testing.T) {
	where, gobin := command{dir: root}, t.TempDir()
	goroot := strings.TrimSpace(where.run(t, "go", "env", "GOROOT").stdout)
	where.env = []string{"PATH=" + filepath.Join(goroot, "bin"), "GOBIN=" + gobin, "CC="}
	where.run(t, "go", "install", "./...").want(t, 0)
	files, err := os.ReadDir(gobin)
	if err != nil || len(files) != 1 || !strings.HasPrefix(files[0].Name(), "poolvet") {
		t.Fatalf("installed %v, %v", files, err)
	}
	exe := filepath.Join(gobin, files[0].Name())
	where.run(t, "go", "version", "-m", exe).want(t, 0, "CGO_ENABLED=0")
	dir := module(t, app)
	same(t, byVet(t, exe, dir), byPoolvet(t, poolvet(t), dir))
}

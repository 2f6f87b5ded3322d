package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const app = `
-- go.mod --
module example.com/app
go 1.25
-- bad/bad.go --
package bad

import "database/sql"

func Use(db *sql.DB) error {
	_, err := db.Exec("SET search_path TO app")
	return err
}
-- bad/bad_test.go --
package bad

import "database/sql"

func inTest(db *sql.DB) { db.Exec("SET ROLE tester") }
-- good/good.go --
package good

import "database/sql"

func Use(db *sql.DB) error {
	_, err := db.Exec("SELECT 1")
	return err
}
-- tagged/plain.go --
package tagged
-- tagged/tagged.go --
//go:build special

package tagged

import "database/sql"

func Use(db *sql.DB) { db.Exec("LISTEN orders") }
`

// What imports testing is a test, whatever its file is called.
const testHelpers = `
-- go.mod --
module example.com/app
go 1.25
-- dbtest/dbtest.go --
package dbtest

import (
	"database/sql"
	"testing"
)

var Cleanup = "CREATE TEMP TABLE seen ON COMMIT PRESERVE ROWS AS SELECT 1"

func Open(t testing.TB, db *sql.DB) {
	if _, err := db.Exec("SET ROLE tester"); err != nil {
		t.Fatal(err)
	}
}
-- dbtest/files.go --
package dbtest

import (
	"database/sql"
	"testing/fstest"
)

var Files = fstest.MapFS{}

func Lock(db *sql.DB) { db.Exec("SELECT pg_advisory_lock(1)") }
-- dbtest/clean.go --
package dbtest

import "database/sql"

func Clean(db *sql.DB) { db.Exec("DISCARD ALL") }
`

func TestHelpersForTestsAreTests(t *testing.T) {
	dir := module(t, testHelpers)
	all := poolvet(t, dir, "", "-tests", "-strict", "./...")
	all.want(t, 1, "(set-role)", "")
	all.want(t, 1, "(session-lock)", "")
	all.want(t, 1, "(temp-object)", "")
	some := poolvet(t, dir, "", "-strict", "./...")
	some.want(t, 1, "(discard)", "")
	for _, rule := range []string{"set-role", "session-lock", "temp-object"} {
		if strings.Contains(some.stdout, rule) {
			t.Errorf("%s is reported in a helper for tests:\n%s", rule, some.stdout)
		}
	}
}

func TestExitStatus(t *testing.T) {
	dir := module(t, app)
	poolvet(t, dir, "", "./good").want(t, 0, "", "")
	poolvet(t, dir, "", "./bad").want(t, 1, "(set-parameter)", "")
	poolvet(t, dir, "", "-pooler=none", "./...").want(t, 0, "", "")
	poolvet(t, dir, "", "./nowhere", "./bad").want(t, 2, "(set-parameter)", "nowhere")
}

func TestFlags(t *testing.T) {
	dir := module(t, app)
	poolvet(t, dir, "", "-tests", "./bad").want(t, 1, "(set-role)", "")
	poolvet(t, dir, "", "-tests", "-rules=set-role", "-format=json", "./bad").want(t, 1, `"file":"bad/bad_test.go"`, "")
	poolvet(t, dir, "", "-tags=special", "./tagged").want(t, 1, "(listen)", "")
	poolvet(t, dir, "", "./tagged").want(t, 0, "", "")
	poolvet(t, filepath.Dir(dir), "", "-C", dir, "./bad").want(t, 1, filepath.Join(filepath.Base(dir), "bad", "bad.go")+":6:21: ", "")
	poolvet(t, dir, "", "-version").want(t, 0, "poolvet ", "")
	poolvet(t, dir, "", "-help").want(t, 0, "-prepared-statements", "")
}

func TestBadFlagsNameWhatWouldBeRight(t *testing.T) {
	dir := module(t, app)
	for _, test := range []struct{ args, wrong, right string }{
		{"-poler=x .", "-poler", "-pooler"},
		{"-pooler=pgbounce .", `-pooler: pooler "pgbounce"`, "pgbouncer"},
		{"-pooler=pgbouncer@9 .", `-pooler: version "9" of pgbouncer`, "1.18"},
		{"-pooler=azure@9 .", "-pooler: pooler azure", "no versions"},
		{"-postgres=14 .", "-postgres: version 14", "15 to 18"},
		{"-query-parser=yes .", `-query-parser: "yes"`, "off"},
		{"-rules=set-rolle .", `-rules: "set-rolle"`, "set-role"},
		{"-func=Run .", "-func: ", "Run"},
		{"-direct=[ .", `-direct: "["`, "pattern"},
		{"-dsn=exec .", "-dsn: ", "binary_parameters=yes"},
		{"-dsn=password=secret .", "-dsn: ", "password has no place"},
		{"-exec-mode=fast .", `-exec-mode: "fast"`, "cache_describe"},
		{"-prepared-statements=maybe .", `-prepared-statements: "maybe"`, "on"},
		{"-format=xml .", `-format: "xml"`, "json"},
		{"-color=blue .", `-color: "blue"`, "always"},
		{". -strikt", "-strikt", "-strict"},
		{"-flags=nowhere .", "-flags: ", "nowhere"},
		{"-since=nowhere .", "-since: ", "git"},
		{"-C=nowhere .", "-C: ", "nowhere"},
		{"-C=good/good.go .", "-C: ", "no folder"},
		{"sql -rules=set-rolle", `-rules: "set-rolle"`, "set-role"},
		{"compare -pooler=rdsproxy,pgbounce .", `-pooler: pooler "pgbounce"`, "pgbouncer"},
		{"compare -format=pdf .", `-format: "pdf"`, "html"},
		{"explain set-rolle", `"set-rolle"`, "set-role"},
		{"explain", "1 argument", ""},
		{"sql -poler=x", "-poler", "-pooler"},
	} {
		r := poolvet(t, dir, "", strings.Fields(test.args)...)
		if r.status != 2 || r.stdout != "" || !strings.Contains(r.stderr, test.wrong) || !strings.Contains(r.stderr, test.right) || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("poolvet %s: status %d, stdout %q, stderr %q", test.args, r.status, r.stdout, r.stderr)
		}
	}
}

func TestJSON(t *testing.T) {
	dir := module(t, app)
	r := poolvet(t, dir, "", "-format=json", "-pooler=pgbouncer@1.18", "./...")
	found := decode(t, r.stdout)
	if r.status != 1 || len(found) != 1 {
		t.Fatalf("status %d, %s%s", r.status, r.stdout, r.stderr)
	}
	f := found[0]
	for key, want := range map[string]any{
		"rule": "set-parameter", "outcome": "leaks", "pooler": "pgbouncer@1.18", "file": "bad/bad.go",
		"level": "error", "conditional": false, "package": "example.com/app/bad", "function": "Use", "line": 6.0, "column": 21.0, "endLine": 6.0, "endColumn": 36.0,
	} {
		if f[key] != want {
			t.Errorf("%s is %v, want %v", key, f[key], want)
		}
	}
	for _, key := range []string{"evidence", "message", "remedy", "reference"} {
		if s, _ := f[key].(string); s == "" {
			t.Errorf("%s is %v", key, f[key])
		}
	}
	if len(f) != 16 {
		t.Errorf("%d keys: %s", len(f), r.stdout)
	}
}

func TestFindingsAreSortedAndOnceEach(t *testing.T) {
	dir := module(t, app+`
-- bad/a.go --
package bad

import "database/sql"

func Two(db *sql.DB) { db.Exec("SET ROLE a"); db.Exec("LISTEN b") }
func One(db *sql.DB) { db.Exec("SET ROLE c") }
-- bad/out_test.go --
package bad_test

import "example.com/app/bad"

var _ = bad.Two
`)
	r := poolvet(t, dir, "", "-format=json", "-tests", "./...")
	var places []string
	for _, f := range decode(t, r.stdout) {
		places = append(places, f["file"].(string)+" "+f["rule"].(string))
	}
	want := []string{"bad/a.go set-role", "bad/a.go listen", "bad/a.go set-role", "bad/bad.go set-parameter", "bad/bad_test.go set-role"}
	if !slices.Equal(places, want) {
		t.Errorf("found %q", places)
	}
}

func TestABrokenPackageIsNamedAndTheRestReported(t *testing.T) {
	dir := module(t, app+`
-- broken/broken.go --
package broken

import "database/sql"

func Use(db *sql.DB) {
	var n int = "text"
	db.Exec("SET ROLE broken")
}
`)
	r := poolvet(t, dir, "", "./...")
	r.want(t, 2, "bad.go:6:21: ", "package example.com/app/broken: ")
	r.want(t, 2, "broken.go:7:11: ", "broken.go:6:14: ")
	if strings.Contains(r.stderr, "app/bad") {
		t.Errorf("a good package is complained of: %s", r.stderr)
	}
}

// A wrapper in another module is only seen through its source.
func TestWrapperInAnotherModule(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
require example.com/wrap v0.0.0
replace example.com/wrap => ./wrap
-- app.go --
package app

import "example.com/wrap"

func Use(s *wrap.Store) { s.Run("SET ROLE app") }
-- wrap/go.mod --
module example.com/wrap
go 1.25
-- wrap/wrap.go --
package wrap

import "database/sql"

type Store struct{ db *sql.DB }

func (s *Store) Run(query string) { s.db.Exec(query) }
func (s *Store) Own()             { s.db.Exec("SET ROLE wrap") }
`)
	r := poolvet(t, dir, "", "./...")
	r.want(t, 1, "app.go:5:34: ", "")
	if strings.Contains(r.stdout, "wrap.go") {
		t.Errorf("a dependency is reported on: %s", r.stdout)
	}
	vet(t, dir, "./...").want(t, 1, "", "app.go:5:34: ")
}

func TestGoVet(t *testing.T) {
	dir := module(t, app)
	vet(t, dir, "./good").want(t, 0, "", "")
	plain := vet(t, dir, "./...")
	plain.want(t, 1, "", filepath.Join("bad", "bad.go")+":6:21: SET search_path")
	// A second run comes from go's cache, and says the same.
	if again := vet(t, dir, "./..."); again != plain {
		t.Errorf("the second run says %+v, the first %+v", again, plain)
	}
	// A flag may have the analyzer's name before it, or not.
	vet(t, dir, "-pooler=none", "./...").want(t, 0, "", "")
	vet(t, dir, "-poolvet.pooler=none", "./...").want(t, 0, "", "")
	vet(t, dir, "-tests", "-rules=set-role", "./bad").want(t, 1, "", "bad_test.go:5:36: ")
	vet(t, dir, "-pooler=pgbounce", "./bad").want(t, 1, "", `"pgbounce"`)
	vet(t, dir, "-json", "./bad").want(t, 0, `"posn"`, "")
}

func TestVetHandshake(t *testing.T) {
	dir := t.TempDir()
	r := poolvet(t, dir, "", "-V=full")
	if fields := strings.Fields(r.stdout); r.status != 0 || len(fields) < 4 || fields[1] != "version" || !strings.Contains(r.stdout, "buildID=") {
		t.Errorf("-V=full: %+v", r)
	}
	poolvet(t, dir, "", "-flags").want(t, 0, `"Name": "pooler"`, "")
}

func TestFilesOutsideTheFolderHaveTheirShortestName(t *testing.T) {
	for _, test := range []struct{ cwd, file, want string }{
		{"/a/b", "/a/b/c.go", "c.go"},
		{"/a/b", "/a/c/d.go", "../c/d.go"},
		{"/a/b/c/d/e", "/x.go", "/x.go"},
	} {
		got := relative(filepath.FromSlash(test.cwd), filepath.FromSlash(test.file))
		if filepath.ToSlash(got) != test.want {
			t.Errorf("%s in %s is %s, want %s", test.file, test.cwd, got, test.want)
		}
	}
}

func TestTables(t *testing.T) {
	dir := t.TempDir()
	poolvet(t, dir, "", "rules").want(t, 0, "\nset-role ", "")
	poolvet(t, dir, "", "explain", "set-parameter").want(t, 0, "## How to fix it", "")
	poolvet(t, dir, "", "poolers").want(t, 0, "pgbouncer@", "")
	poolvet(t, dir, "", "version").want(t, 0, "poolvet ", "")
	poolvet(t, dir, "", "help").want(t, 0, "poolvet sql", "")
	poolvet(t, dir, "").want(t, 2, "", "usage:")
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full")
	}
	defer full.Close()
	devnull, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer devnull.Close()
	file := filepath.Join(t.TempDir(), "a.sql")
	if err := os.WriteFile(file, []byte("BEGIN;\nSET work_mem = '1MB';\nCOMMIT;\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"sql", "-"}, {"sql", "-pooler=pgbouncer", "-diff", file}} {
		if got := run(args, stdio{strings.NewReader("SET ROLE x"), full, devnull}); got != failed {
			t.Errorf("%v: status %d", args, got)
		}
	}
}

// The command that README.md shows.
func TestDemo(t *testing.T) {
	r := poolvet(t, filepath.Join("..", ".."), "", "-C", "testdata", "./demo")
	r.want(t, 1, filepath.Join("testdata", "demo", "pool.go")+":", "")
	r.want(t, 1, filepath.Join("testdata", "demo", "migrations", "000001_orders.up.sql")+":2:1: warning: SET statement_timeout", "")
}

// What a library of others does to the session by itself, and no row of the
// tables says, is reported where the program calls it.
func TestALibraryThatLocksByItself(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.26
require example.org/locks v0.0.0
replace example.org/locks => ./locks
-- locks/go.mod --
module example.org/locks
go 1.26
-- locks/locks.go --
package locks

import (
	"context"
	"database/sql"
)

type Lock struct{ conn *sql.Conn }

func New(ctx context.Context, db *sql.DB) (*Lock, error) {
	conn, err := db.Conn(ctx)
	return &Lock{conn}, err
}

func (l *Lock) Lock(ctx context.Context) error { return l.run(ctx, "SELECT pg_advisory_lock(1)") }

func (l *Lock) run(ctx context.Context, query string) error {
	_, err := l.conn.ExecContext(ctx, query)
	return err
}
-- store/store.go --
package store

import (
	"context"
	"database/sql"
)

func Tenant(ctx context.Context, db *sql.DB) { db.ExecContext(ctx, "SET app.tenant = 'x'") }
-- main.go --
package main

import (
	"context"
	"database/sql"

	"example.com/app/store"
	"example.org/locks"
)

func main() {
	ctx, db := context.Background(), new(sql.DB)
	l, _ := locks.New(ctx, db)
	l.Lock(ctx)
	store.Tenant(ctx, db)
}
`)
	r := poolvet(t, dir, "", "-pooler=pgbouncer", "-format=json", "./...")
	r.want(t, 1, "l.Lock runs pg_advisory_lock(1): leaks", "")
	if n := strings.Count(r.stdout, `"rule"`); n != 2 { // and what the store runs, where it stands
		t.Errorf("%d findings:\n%s", n, r.stdout)
	}
}

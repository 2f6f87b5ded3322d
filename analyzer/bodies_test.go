package analyzer_test

import (
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// refused runs the analyzer in full and says which packages Bodies would refuse: of
// these, nothing may be found, and no fact made.
func refused(t *testing.T, opts analyzer.Options, dir string, patterns ...string) (paths []string) {
	t.Helper()
	p, err := load.Load(load.Config{Dir: dir, FromSource: sqlflow.MayWrap}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	wants, err := analyzer.Bodies(opts)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	p.Bodies = func(pass *analysis.Pass) bool {
		if !wants(pass) {
			mu.Lock()
			defer mu.Unlock()
			paths = append(paths, pass.Pkg.Path())
		}
		return true
	}
	a := analyzer.New(opts)
	factsOf := map[string]bool{}
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		v, err := run(pass)
		mu.Lock()
		defer mu.Unlock()
		ofThis := func(pkg *types.Package) bool { return pkg == pass.Pkg }
		factsOf[pass.Pkg.Path()] = slices.ContainsFunc(pass.AllPackageFacts(), func(f analysis.PackageFact) bool { return ofThis(f.Package) }) ||
			slices.ContainsFunc(pass.AllObjectFacts(), func(f analysis.ObjectFact) bool { return ofThis(f.Object.Pkg()) })
		return v, err
	}
	p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
		for _, err := range r.Errors {
			t.Errorf("%s: %v", r.Path, err)
		}
		if !slices.Contains(paths, r.Path) {
			return
		}
		found := *r.Values[a].(*analyzer.Result)
		found.Gives = nil // an empty map
		if !reflect.DeepEqual(found, analyzer.Result{}) || factsOf[r.Path] {
			t.Errorf("%s: its bodies are refused, and there is something to say: %+v, or a fact: %v", r.Path, found, factsOf[r.Path])
		}
	})
	slices.Sort(paths)
	return paths
}

func TestOfWhatIsRefusedThereIsNothingToSay(t *testing.T) {
	if got := refused(t, analyzer.Options{Pooler: "pgbouncer@1.18", Strict: true}, "../testdata", "./..."); len(got) == 0 {
		t.Error("none was refused")
	}
}

// Of the packages below, those in quiet are refused, and rows, which reaches no
// database.
const previewed = `
-- go.mod --
module app
go 1.25
-- db/db.go --
package db

import "database/sql"

type Store struct{ DB *sql.DB }

func New() *Store                                        { return new(Store) }
func (s *Store) Run(query string) error                  { _, err := s.DB.Exec(query); return err }
func (s *Store) In(tx *sql.Tx, name string) error        { return nil }
func (s *Store) Name() string                            { return "" }

type Conn struct{ *sql.Conn }
type conns struct{ Conn }

func Open() *conns { return nil }

type Pool = sql.DB
type Pools map[string]*sql.DB

func All() Pools { return nil }

type Opener func() *sql.DB

func Lazy() Opener { return nil }

type State func(State) State

func Start() State { return nil }

type Box[T any] struct{ V T }

func Boxed() Box[*sql.DB] { return Box[*sql.DB]{} }

type Holder interface{ Handle() *sql.DB }

func Held() Holder { return nil }
func Unnamed() struct{ Inner *sql.DB } { return struct{ Inner *sql.DB }{} }

type Execer interface{ sqlExecer }
type sqlExecer interface{ Exec(string, ...any) (sql.Result, error) }
-- rows/rows.go --
package rows

import "context"

type Rows interface{ Next() bool; Scan(...any) error }
type Runner interface{ Query(context.Context, string, ...any) (Rows, error) }

func Of() Runner { return nil }
-- texts/texts.go --
package texts

const Role = "SET ROLE app"

var Plain = "plain"

func Query() string { return "SET ROLE app" }

func Of(kind string) string {
	switch kind {
	case "SET ROLE other":
		return "SET ROLE app"
	}
	return ""
}

type T struct{}

func (T) Text() string { return "SET ROLE app" }
-- wants/field/f.go --
package field
import "app/db"
func F() { db.New().DB.Close() }
-- wants/wrapper/f.go --
package wrapper
import "app/db"
func F(s *db.Store, q string) { s.Run(q) }
-- wants/promoted/f.go --
package promoted
import "app/db"
func F() { c := db.Open(); c.Close() }
-- wants/alias/f.go --
package alias
import "app/db"
func F(p *db.Pool) { p.Ping() }
-- wants/pools/f.go --
package pools
import "app/db"
func F() { for _, p := range db.All() { p.Close() } }
-- wants/lazy/f.go --
package lazy
import "app/db"
func F() { db.Lazy()().Close() }
-- wants/boxed/f.go --
package boxed
import "app/db"
func F() { db.Boxed().V.Close() }
-- wants/held/f.go --
package held
import "app/db"
func F() { db.Held().Handle().Close() }
-- wants/unnamed/f.go --
package unnamed
import "app/db"
func F() { db.Unnamed().Inner.Close() }
-- wants/embedded/f.go --
package embedded
import "app/db"
type own struct{ db.Conn }
func (o own) F() { o.Close() }
-- wants/constraint/f.go --
package constraint
import "app/db"
func F[T db.Execer](x T, q string) { x.Exec(q) }
-- wants/expression/f.go --
package expression
import "database/sql"
var Close = (*sql.DB).Close
-- wants/opens/f.go --
package opens
import "database/sql"
var Open = sql.Open
-- wants/hidden/f.go --
package hidden
import ("app/db"; "app/texts")
var Plain = texts.Plain
func F() { texts := db.New(); texts.DB.Close() }
-- wants/key/f.go --
package key
import "app/db"
func F(d *db.Pool) *db.Store { d.Close(); return &db.Store{DB: d} }
-- wants/runner/f.go --
package runner
import "app/db"
type query string
type res = db.Store
type runs interface{ Exec(q query, args ...any) error; Query(q query) (interface{ Scan(...any) error }, error) }
func F(r runs, s *res) { r.Exec("x") }
-- wants/rows/f.go --
package rows
import ("context"; "app/db"; "app/rows")
func F(s *db.Store, q string) { rows.Of().Query(context.Background(), q) }
-- wants/text/f.go --
package text
var Q = "SET ROLE app"
-- wants/constant/f.go --
package constant
import "app/texts"
func Q() string { return texts.Role }
-- wants/function/f.go --
package function
import "app/texts"
func Q() string { return texts.Query() }
-- wants/method/f.go --
package method
import "app/texts"
func Q(t texts.T) string { return t.Text() }
-- wants/dot/f.go --
package dot
import . "app/texts"
var Q = Plain
-- wants/embeds/f.go --
package embeds
import _ "embed"
//go:embed role.txt
var Q string
-- wants/embeds/role.txt --
SET ROLE app
-- wants/migrations/f.go --
package migrations
import "embed"
//go:embed *.sql
var FS embed.FS
-- wants/migrations/1.sql --
SELECT 1;
-- wants/names/f.go --
package names
import "app/wants/embeds"
func Q() string { return embeds.Q }
-- wants/directive/f.go --
package directive
//poolvet:ignore set-role -- of nothing
func F() {}
-- quiet/assets/f.go --
package assets
import "embed"
//go:embed *.go
var FS embed.FS
//go:embed f.go
var Own string
-- quiet/fakes/f.go --
package fakes
import "database/sql"
type Fake struct{ ExecStub func(string, ...any) (sql.Result, error) }
func (f *Fake) Exec(query string, args ...any) (sql.Result, error) { return f.ExecStub(query, args...) }
-- quiet/none/f.go --
package none
import "strings"
type T struct{ Exec func(string) }
func F(t T) { t.Exec(strings.ToUpper("x")) }
-- quiet/passes/f.go --
package passes
import ("database/sql"; "app/db")
func F(s *db.Store, tx *sql.Tx) error { return s.In(tx, s.Name()) }
-- quiet/values/f.go --
package values
import ("database/sql"; "errors")
type T struct{ Name sql.NullString }
func F(err error, t T) bool { return errors.Is(err, sql.ErrNoRows) || t.Name.Valid }
-- quiet/others/f.go --
package others
import ("app/db"; "app/texts"; "os")
type cache struct{ s *db.Store }
func (cache) Get(key string, into any) error             { return nil }
func (cache) GetExecution(id string) (*cache, error)     { return nil, nil }
func (cache) Query(n int) error                          { return nil }
func (cache) Exec() {}
func F(c cache, f *os.File) { c.Exec(); f.Close(); c.Get(texts.Plain, nil); c.GetExecution("") }
-- quiet/state/f.go --
package state
import "app/db"
func F() { db.Start()(nil) }
`

// extracted writes a txtar archive to a folder.
func extracted(t *testing.T, archive string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	files, err := txtar.FS(txtar.Parse([]byte(archive)))
	if err == nil {
		err = os.CopyFS(dir, files)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestBodies(t *testing.T) {
	got := refused(t, analyzer.Options{Pooler: "rdsproxy"}, extracted(t, previewed), "./...")
	want := []string{"app/quiet/assets", "app/quiet/fakes", "app/quiet/none", "app/quiet/others", "app/quiet/passes", "app/quiet/state", "app/quiet/values", "app/rows"}
	if !slices.Equal(got, want) {
		t.Errorf("refused: %s, want %s", strings.Join(got, " "), strings.Join(want, " "))
	}
}

// Of mid only what top mentions of it is known, and nothing of what it imports.
const mentioned = `
-- go.mod --
module app
go 1.25
require example.com/lib v0.0.0
replace example.com/lib => ./lib
-- app.go --
package app
import "example.com/lib/top"
func F() { top.Get().Inner.Close() }
-- lib/go.mod --
module example.com/lib
go 1.25
-- lib/store/store.go --
package store
import "database/sql"
type Pool = sql.DB
-- lib/mid/mid.go --
package mid
import "example.com/lib/store"
type Keeper struct{ Inner *store.Pool }
-- lib/top/top.go --
package top
import "example.com/lib/mid"
func Get() *mid.Keeper { return nil }
`

func TestBodiesOfWhatExportDataMentions(t *testing.T) {
	if got := refused(t, analyzer.Options{Pooler: "rdsproxy"}, extracted(t, mentioned), "./..."); slices.Contains(got, "app") {
		t.Errorf("refused: %s", got)
	}
}

func TestBodiesThatOptionsConcern(t *testing.T) {
	for name, opts := range map[string]analyzer.Options{
		"a function that takes SQL": {Pooler: "rdsproxy", Funcs: []string{"(app/quiet/others.cache).Query:0"}},
		"a pooler of a package":     {Pooler: "rdsproxy,app/quiet/others=none"},
	} {
		if got := refused(t, opts, extracted(t, previewed), "./..."); slices.Contains(got, "app/quiet/others") {
			t.Errorf("%s: refused: %s", name, got)
		}
	}
	if _, err := analyzer.Bodies(analyzer.Options{Pooler: "nothing"}); err == nil {
		t.Error("no error for a pooler that there is none of")
	}
}

// The name of a module may have no dot, as those of the standard library have none.
func TestTextsOfAModuleWithoutADot(t *testing.T) {
	dir := extracted(t, previewed)
	sends := "package sends\n\nimport (\n\t\"app/texts\"\n\t\"database/sql\"\n)\n\nfunc F(db *sql.DB) { db.Exec(texts.Query()); db.Exec(texts.Of(\"x\")) }\n"
	if err := os.MkdirAll(filepath.Join(dir, "sends"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "sends", "f.go"), []byte(sends), 0o666); err != nil {
		t.Fatal(err)
	}
	p, err := load.Load(load.Config{Dir: dir, FromSource: sqlflow.MayWrap}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(analyzer.Options{Pooler: "rdsproxy"})
	var found []string
	p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
		for _, f := range r.Values[a].(*analyzer.Result).Findings {
			if r.Path == "app/sends" {
				found = append(found, f.Rule)
			}
		}
	})
	if !slices.Equal(found, []string{"set-role", "set-role"}) {
		t.Errorf("found %q", found)
	}
}

package load_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/poolvet/poolvet/internal/load"
)

// module writes a txtar archive to a folder.
func module(t *testing.T, archive string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// reaches is the fact that a function calls one named Sink, however far away.
type reaches struct{ Hops int }

func (*reaches) AFact() {}

// reach finds such functions. Its result is a line for each call of one.
var reach = &analysis.Analyzer{
	Name:             "reach",
	Doc:              "reach follows calls of functions named Sink",
	FactTypes:        []analysis.Fact{new(reaches)},
	ResultType:       reflect.TypeFor[[]string](),
	RunDespiteErrors: true,
	Run: func(pass *analysis.Pass) (any, error) {
		var lines []string
		for _, f := range pass.Files {
			for _, decl := range f.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if fn.Name.Name == "Panic" {
					panic("told so")
				}
				ast.Inspect(fn, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if !ok {
						return true
					}
					var id *ast.Ident
					switch fun := call.Fun.(type) {
					case *ast.Ident:
						id = fun
					case *ast.SelectorExpr:
						id = fun.Sel
					}
					obj := pass.TypesInfo.Uses[id]
					fact := reaches{}
					if id != nil && (id.Name == "Sink" || obj != nil && pass.ImportObjectFact(obj, &fact)) {
						pass.ExportObjectFact(pass.TypesInfo.Defs[fn.Name], &reaches{fact.Hops + 1})
						lines = append(lines, fmt.Sprintf("%s:%s:%d", filepath.Base(pass.Fset.File(f.FileStart).Name()), id.Name, fact.Hops))
					}
					return true
				})
			}
		}
		return lines, nil
	},
}

// run gives what reach found, "package: file:function:hops" for each, and the errors.
func run(t *testing.T, cfg load.Config, patterns ...string) (lines, errs []string) {
	t.Helper()
	p, err := load.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	p.Run([]*analysis.Analyzer{reach}, func(r *load.Result) {
		for _, err := range r.Errors {
			errs = append(errs, r.Path+": "+err.Error())
		}
		if !r.Report {
			return
		}
		found, _ := r.Values[reach].([]string)
		for _, l := range found {
			lines = append(lines, r.Path+": "+l)
		}
	})
	slices.Sort(lines)
	slices.Sort(errs)
	return lines, errs
}

const wrapped = `
-- go.mod --
module example.com/app
go 1.25
require example.com/wrap v0.0.0
require example.com/mid v0.0.0
replace example.com/wrap => ./wrap
replace example.com/mid => ./mid
-- app.go --
package app

import (
	"example.com/mid"
	"example.com/wrap"
)

func Direct(t *wrap.T) { t.Do() }
func Through() { wrap.Take(mid.New()); mid.New().Do() }
-- wrap/go.mod --
module example.com/wrap
go 1.25
-- wrap/wrap.go --
package wrap

import "strings"

type T struct{ strings.Builder }

func (*T) Do() { Sink() }
func Take(*T)  {}
func Sink()    {}
-- mid/go.mod --
module example.com/mid
go 1.25
require example.com/wrap v0.0.0
-- mid/mid.go --
package mid

import "example.com/wrap"

func New() *wrap.T { return new(wrap.T) }
`

func TestFactsOfADependencyNeedItsSource(t *testing.T) {
	dir := module(t, wrapped)
	lines, errs := run(t, load.Config{Dir: dir}, "./...")
	if len(lines) != 0 || len(errs) != 0 {
		t.Errorf("without source: found %q, errors %q", lines, errs)
	}
	var asked []string
	fromSource := func(path string, imports []string) bool {
		asked = append(asked, path+"="+strings.Join(imports, ","))
		return path == "example.com/wrap"
	}
	lines, errs = run(t, load.Config{Dir: dir, FromSource: fromSource}, "./...")
	// The types of wrap are the same ones whether app sees them in wrap's
	// source or in mid's export data: otherwise Through does not type-check.
	want := []string{"example.com/app: app.go:Do:1", "example.com/app: app.go:Do:1"}
	if !slices.Equal(lines, want) || len(errs) != 0 {
		t.Errorf("with source: found %q, want %q; errors %q", lines, want, errs)
	}
	if !slices.Contains(asked, "example.com/wrap=strings") || slices.ContainsFunc(asked, func(s string) bool { return strings.HasPrefix(s, "strings=") }) {
		t.Errorf("FromSource was asked %q", asked)
	}
}

func TestFactsAreThoseOfTheChecker(t *testing.T) {
	dir := module(t, wrapped+`
-- sub/sub.go --
package sub

import "example.com/app"

func Far() { app.Direct(nil); app.Through() }
`)
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{reach}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, act := range graph.Roots {
		for _, l := range act.Result.([]string) {
			want = append(want, act.Package.PkgPath+": "+l)
		}
	}
	slices.Sort(want)
	got, _ := run(t, load.Config{Dir: dir, FromSource: func(string, []string) bool { return true }}, "./...")
	if !slices.Equal(got, want) || len(want) != 4 {
		t.Errorf("found %q, the checker %q", got, want)
	}
}

func TestEachFileIsReportedOnOnce(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- p/p.go --
package p

func Sink() {}
func F()    { Sink() }
-- p/in_test.go --
package p

import "testing"

func TestIn(*testing.T) { F() }
-- p/out_test.go --
package p_test

import (
	"testing"

	"example.com/app/p"
	"example.com/app/q"
)

func TestOut(*testing.T) { p.F(); q.Use(p.T{}) }
-- p/type_test.go --
package p

type T struct{}
-- q/q.go --
package q

import "example.com/app/p"

func Use(any) { p.F() }
`)
	got, errs := run(t, load.Config{Dir: dir, Tests: true}, "./...")
	want := []string{
		"example.com/app/p: in_test.go:F:1",
		"example.com/app/p: p.go:Sink:0",
		"example.com/app/p_test: out_test.go:F:1",
		"example.com/app/p_test: out_test.go:Use:2",
		"example.com/app/q: q.go:F:1",
	}
	if !slices.Equal(got, want) || len(errs) != 0 {
		t.Errorf("with tests: found %q, errors %q", got, errs)
	}
	got, _ = run(t, load.Config{Dir: dir}, "./...")
	want = []string{"example.com/app/p: p.go:Sink:0", "example.com/app/q: q.go:F:1"}
	if !slices.Equal(got, want) {
		t.Errorf("without tests: found %q", got)
	}
}

func TestABrokenPackageIsNamedAndTheRestIsAnalysed(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- good/good.go --
package good

import "example.com/app/types"

func Sink() {}
func F()    { Sink(); types.F() }
-- types/types.go --
package types

func Sink() {}
func F()    { var x int = "text"; Sink() }
-- syntax/syntax.go --
package syntax

func Sink() {}
func F() { Sink() }
func G( {
-- missing/missing.go --
package missing

import "example.com/nowhere"

func Sink() {}
func F()    { Sink(); nowhere.F() }
-- panics/panics.go --
package panics

func Panic() {}
`)
	got, errs := run(t, load.Config{Dir: dir}, "./...")
	want := []string{
		"example.com/app/good: good.go:F:1",
		"example.com/app/good: good.go:Sink:0",
		"example.com/app/missing: missing.go:Sink:0",
		"example.com/app/syntax: syntax.go:Sink:0",
		"example.com/app/types: types.go:Sink:0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
	all := strings.Join(errs, "\n")
	for _, want := range []string{
		"example.com/app/types: " + filepath.Join(dir, "types", "types.go") + ":4:27: cannot use",
		"example.com/app/syntax: ",
		"no required module provides package example.com/nowhere",
		"example.com/app/panics: reach panicked at load/load_test.go:61: told so",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no error says %q; errors:\n%s", want, all)
		}
	}
	if strings.Contains(all, "example.com/app/good") {
		t.Errorf("a good package is complained of:\n%s", all)
	}
}

func TestTestFilesAloneAreNoError(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- p/p_test.go --
package p

import "testing"

func Sink()            {}
func TestF(*testing.T) { Sink() }
`)
	if got, errs := run(t, load.Config{Dir: dir}, "./..."); len(got)+len(errs) != 0 {
		t.Errorf("found %q, errors %q", got, errs)
	}
	if got, errs := run(t, load.Config{Dir: dir, Tests: true}, "./..."); len(got) != 1 || len(errs) != 0 {
		t.Errorf("with tests: found %q, errors %q", got, errs)
	}
}

func TestBuildTags(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- a.go --
package app

func Sink() {}
-- b.go --
//go:build special

package app

func F() { Sink() }
`)
	if got, _ := run(t, load.Config{Dir: dir}, "."); len(got) != 0 {
		t.Errorf("found %q", got)
	}
	if got, _ := run(t, load.Config{Dir: dir, Flags: []string{"-tags=special"}}, "."); len(got) != 1 {
		t.Errorf("with -tags: found %q", got)
	}
}

func TestNothingToLoad(t *testing.T) {
	dir := module(t, "-- go.mod --\nmodule example.com/app\n")
	if _, err := load.Load(load.Config{Dir: dir}, "./..."); err == nil || !strings.Contains(err.Error(), "no packages match ./...") {
		t.Errorf("error %v", err)
	}
	if _, err := load.Load(load.Config{Dir: filepath.Join(dir, "nowhere")}, "."); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("error %v", err)
	}
}

func TestPackageFactsAreThoseOfDependencies(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- a/a.go --
package a
-- b/b.go --
package b

import _ "example.com/app/a"
-- c/c.go --
package c
`)
	var seen = make(map[string][]string)
	a := &analysis.Analyzer{
		Name:       "paths",
		Doc:        "paths collects the packages seen through facts",
		FactTypes:  []analysis.Fact{new(reaches)},
		ResultType: reflect.TypeFor[[]*types.Package](),
		Run: func(pass *analysis.Pass) (any, error) {
			pass.ExportPackageFact(&reaches{})
			var pkgs []*types.Package
			for _, f := range pass.AllPackageFacts() {
				pkgs = append(pkgs, f.Package)
			}
			return pkgs, nil
		},
	}
	p, err := load.Load(load.Config{Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
		for _, pkg := range r.Values[a].([]*types.Package) {
			seen[r.Path] = append(seen[r.Path], pkg.Name())
		}
		slices.Sort(seen[r.Path])
	})
	want := map[string][]string{"example.com/app/a": {"a"}, "example.com/app/b": {"a", "b"}, "example.com/app/c": {"c"}}
	if !reflect.DeepEqual(seen, want) {
		t.Errorf("saw %v", seen)
	}
}

func TestBodiesThatAreRefused(t *testing.T) {
	dir := module(t, wrapped+`
-- broken/broken.go --
package broken

func F() { Sink(undeclared) }
-- panics/panics.go --
package panics

func F() { Sink() }
func Sink() {}
-- quiet/quiet.go --
package quiet

import "example.com/wrap"

var V = func() int { wrap.Sink(); return 0 }()

func init()               {}
func Quiet(t *wrap.T) int { wrap.Sink(); return 0 }
-- uses/uses.go --
package uses

import "example.com/app/quiet"

func F() { var n int = quiet.Quiet(nil); _ = n; Sink() }
func Sink() {}
`)
	p, err := load.Load(load.Config{Dir: dir, FromSource: func(path string, _ []string) bool { return path == "example.com/wrap" }}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	asked := map[string]string{} // what is known of a package when it is asked for
	p.Bodies = func(pass *analysis.Pass) bool {
		mu.Lock()
		defer mu.Unlock()
		known := fmt.Sprint(len(pass.Files), " file")
		for _, imp := range pass.Pkg.Imports() {
			known += ", imports " + imp.Name()
			if obj := imp.Scope().Lookup("T"); obj != nil {
				do, _, _ := types.LookupFieldOrMethod(obj.Type(), true, nil, "Do")
				known += fmt.Sprint(", fact ", pass.ImportObjectFact(do, new(reaches)))
			}
		}
		asked[pass.Pkg.Name()] = known
		if pass.Pkg.Name() == "panics" {
			panic("told so")
		}
		return pass.Pkg.Name() != "quiet"
	}
	var lines []string
	p.Run([]*analysis.Analyzer{reach}, func(r *load.Result) {
		for _, err := range r.Errors {
			lines = append(lines, r.Path+": "+err.Error())
		}
		lines = append(lines, r.Values[reach].([]string)...)
	})
	slices.Sort(lines)
	if want := []string{"app.go:Do:1", "app.go:Do:1", "broken.go:Sink:0",
		"example.com/app/broken: " + filepath.Join(dir, "broken", "broken.go") + ":3:12: undefined: Sink",
		"example.com/app/broken: " + filepath.Join(dir, "broken", "broken.go") + ":3:17: undefined: undeclared",
		"example.com/app/panics: what asks for bodies panicked at load/load_test.go:474: told so (please report this)",
		"panics.go:Sink:0", "uses.go:Sink:0", "wrap.go:Sink:0"}; !slices.Equal(lines, want) {
		t.Errorf("found %q, want %q", lines, want)
	}
	if want := map[string]string{"app": "1 file, imports mid, imports wrap, fact true", "panics": "1 file",
		"quiet": "1 file, imports wrap, fact true", "uses": "1 file, imports quiet", "wrap": "1 file, imports strings"}; !maps.Equal(asked, want) {
		t.Errorf("asked of %q, want %q", asked, want)
	}
}

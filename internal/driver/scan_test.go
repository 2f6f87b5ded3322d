package driver

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// libraries of which a test needs a version that testdata does not have.
type fakes map[string]*types.Package

func (f fakes) Import(path string) (*types.Package, error) {
	if pkg := f[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("%s is not there", path)
}

// scanned is what Scan says of a source, over libraries given by theirs.
func scanned(t *testing.T, src string, libs map[string]string) []Site {
	t.Helper()
	return scannedIn(t, "example.com", src, libs)
}

// scannedIn is the same of a source in a directory.
func scannedIn(t *testing.T, dir, src string, libs map[string]string) []Site {
	t.Helper()
	fset, imported := token.NewFileSet(), fakes{}
	check := func(path, src string) (*types.Package, *ast.File, *types.Info) {
		file, err := parser.ParseFile(fset, filepath.Join(dir, path+".go"), src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
			Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
			Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{}}
		pkg, err := (&types.Config{Importer: imported}).Check(path, fset, []*ast.File{file}, info)
		if err != nil {
			t.Fatal(err)
		}
		return pkg, file, info
	}
	for _, path := range slices.Sorted(maps.Keys(libs)) {
		imported[path], _, _ = check(path, libs[path])
	}
	pkg, file, info := check("example.com/app", src)
	pass := &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {}}
	if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
		path, _, _ := strings.Cut(strings.TrimPrefix(string(mod), "module "), "\n")
		pass.Module = &analysis.Module{Path: path}
	}
	return Scan(pass, sqlflow.New(pass, inspector.New(pass.Files), nil), dsn.DSN{})
}

const (
	fakeSQL = "package sql; func Open(driverName, dataSourceName string) (any, error) { return nil, nil }"
	opens2  = `package app
import "database/sql"
import _ "github.com/lib/pq"
func open(url string) { sql.Open("postgres", url); sql.Open("postgres", url) }`
)

// lib/pq sends extra_float_digits before v1.11.0, which brought its Config.
func TestFloatDigits(t *testing.T) {
	for pq, want := range map[string]int{"package pq": 1, "package pq; type Config struct{}": 0} {
		got := 0
		for _, s := range scanned(t, opens2, map[string]string{"database/sql": fakeSQL, pqPath: pq}) {
			if s.Effect.Kind == effect.StartupParameter {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d findings on extra_float_digits, want %d", pq, got, want)
		}
	}
}

// A package without a library that is known says nothing.
func TestUnknownLibrary(t *testing.T) {
	src := `package app
import "example.com/db"
func open(url string) { db.Open("postgres", url); db.New("host=db search_path=app") }`
	lib := "package db; func Open(driver, dsn string) {}; func New(dsn string) {}"
	if sites := scanned(t, src, map[string]string{"example.com/db": lib}); len(sites) > 0 {
		t.Errorf("%+v", sites)
	}
}

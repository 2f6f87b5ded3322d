package driver_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/hooks"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Code that is being written has calls with too few arguments, or too many,
// or one that stands for several: no function that is known may make Scan or
// the hooks panic by it.
func TestCallsThatAreNotWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := driver.Libs()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string][]string{"net/url": {"Values.Set", "Values.Add", "Values.Encode", "URL.String"}}
	for f := range library.Rows() {
		known[f.Pkg] = append(known[f.Pkg], f.Name)
	}
	for lib, p := range library.Packages() {
		if lib.Read != "" {
			continue
		}
		for _, h := range p.Hooks {
			known[p.Path] = slices.AppendSeq(known[p.Path], h.Names.All())
		}
		known[p.Path] = slices.AppendSeq(known[p.Path], p.Renames.All())
		for _, taking := range p.Takings {
			known[p.Path] = slices.AppendSeq(known[p.Path], taking.Names.All())
		}
	}
	for pkg, names := range known {
		src := notWhole(pkg, names)
		func() {
			defer func() {
				if x := recover(); x != nil {
					t.Errorf("%s: %v\n%s", pkg, x, src)
				}
			}()
			scanBroken(t, src, libs)
		}()
	}
}

// notWhole is code that calls functions of a package in many wrong ways.
func notWhole(pkg string, names []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package app\nimport lib %q\nimport \"net/url\"\nimport pgx5 \"github.com/jackc/pgx/v5\"\n", pkg)
	b.WriteString("func two() (string, string) { return \"postgres://h/d?search_path=x\", \"SET a.b = 1\" }\n" +
		"func three() (int, string, string) { return 0, \"a\", \"b\" }\nfunc one() (e error) { return }\n")
	for i, name := range names {
		call := "lib." + name
		owner, method, isMethod := strings.Cut(name, ".")
		if isMethod {
			call = "v." + method
			fmt.Fprintf(&b, "func f%d(v lib.%s, w *lib.%s) {\n", i, owner, owner)
		} else {
			fmt.Fprintf(&b, "func f%d() {\n", i)
		}
		for _, args := range []string{"", "nil", "`SET a.b = 1`", "two()", "three()", "one()", "nil, `a=b`", "two(), two()", "nil, nil, nil",
			"`a`, `b`, `c`, `d`, `e`, `f`", "two()...", "nil...", "[]string{}...", "{", "func()", "func() {}", "lib", "x, y := 1"} {
			fmt.Fprintf(&b, "\t%s(%s)\n", call, args)
			if isMethod {
				fmt.Fprintf(&b, "\tw.%s(%s)\n", method, args)
			}
		}
		b.WriteString("}\n")
	}
	b.WriteString(`func urls(u *url.URL, q url.Values) {
	q.Set("a"); q.Set(); q.Add(two()); q.Set("a", "b", "c")
	u.RawQuery = q.Encode(1)
	pgx5.Connect(nil, u.String(1)); pgx5.Connect(u.String()); pgx5.Connect()
}
`)
	return b.String()
}

type imports map[string]*types.Package

// Import finds a package among those loaded, and all that they import.
func (m imports) Import(path string) (*types.Package, error) {
	if pkg := m[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("%s is not there", path)
}

func scanBroken(t *testing.T, src string, libs map[string]*types.Package) {
	all := imports{}
	var add func(p *types.Package)
	add = func(p *types.Package) {
		if all[p.Path()] == nil {
			all[p.Path()] = p
			for _, imp := range p.Imports() {
				add(imp)
			}
		}
	}
	for _, p := range libs {
		add(p)
	}
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "app.go", src, parser.AllErrors|parser.SkipObjectResolution)
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{}}
	calls := 0
	conf := types.Config{Importer: all, Error: func(error) {}}
	pkg, _ := conf.Check("example.com/app", fset, []*ast.File{file}, info)
	pass := &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {}}
	sql := sqlflow.New(pass, inspector.New(pass.Files), nil)
	h := hooks.New(pass, sql)
	driver.Scan(pass, sql, dsn.DSN{})
	h.Changes(pass)
	sql.Loose()
	for _, call := range sql.Flow.Calls() {
		if sql.Flow.Callee(call) != nil {
			calls++
		}
	}
	if calls < 4 {
		t.Errorf("only %d calls are known in\n%s", calls, src)
	}
}

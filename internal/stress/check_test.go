// Package stress tries the whole analyzer on Go code made to break it: code
// that no one would write, but that a generator, a test suite or an attacker
// might hand to a linter in CI.
package stress

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/physical"
)

// libraries are all that the packages here import.
var libraries = []string{"bytes", "context", "database/sql", "database/sql/driver", "embed", "fmt", "strings", "text/template"}

// importers reads the types of the libraries, each once.
var importers = sync.OnceValues(func() (types.Importer, error) {
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}, libraries...)
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		files[path] = file
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(files[path])
	}), nil
})

// checked is what the analyzer made of one package.
type checked struct {
	fset        *token.FileSet
	files       []*ast.File
	result      *analyzer.Result
	diagnostics []analysis.Diagnostic
	facts       []analysis.ObjectFact
}

// check analyses a package of the given sources as far as their syntax and
// types go. Facts are encoded and decoded on their way, as go vet does.
func check(t testing.TB, options analyzer.Options, sources ...string) *checked {
	t.Helper()
	library, err := importers()
	if err != nil {
		t.Fatal(err)
	}
	c := &checked{fset: token.NewFileSet()}
	for i, src := range sources {
		f, _ := parser.ParseFile(c.fset, fmt.Sprintf("%c.go", 'a'+i), src, parser.ParseComments|parser.SkipObjectResolution)
		c.files = append(c.files, f)
	}
	pkg := &packages.Package{
		ID: "p", PkgPath: "example.com/p", Name: "p", Fset: c.fset, Syntax: c.files,
		TypesSizes: types.SizesFor("gc", "amd64"),
		TypesInfo: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
			Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
			Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
		},
	}
	conf := types.Config{
		Importer: library,
		Error:    func(err error) { pkg.IllTyped = true },
	}
	pkg.Types, _ = conf.Check(pkg.PkgPath, c.fset, c.files, pkg.TypesInfo)
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.New(options)}, []*packages.Package{pkg},
		&checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	root := graph.Roots[0]
	if root.Err != nil {
		t.Fatal(root.Err)
	}
	c.result = root.Result.(*analyzer.Result)
	c.diagnostics = root.Diagnostics
	c.facts = root.AllObjectFacts()
	return c
}

// lines is all that was said, each with its place.
func (c *checked) lines() []string {
	var lines []string
	for _, d := range c.diagnostics {
		lines = append(lines, fmt.Sprintf("%v-%v: %s", c.fset.Position(d.Pos), c.fset.Position(d.End), d.Message))
	}
	for _, s := range c.result.Skipped {
		lines = append(lines, fmt.Sprintf("%v: not analysed: %s", c.fset.Position(s.Pos), s.Reason))
	}
	var facts []string
	for _, f := range c.facts {
		facts = append(facts, fmt.Sprintf("%v: fact %#v", c.fset.Position(f.Object.Pos()), f.Fact))
	}
	slices.Sort(facts) // the driver keeps them in a map
	return append(lines, facts...)
}

// line is the line of pos in its file, counted from behind the first.
func line(c *checked, pos token.Pos, first int) string {
	return fmt.Sprint(physical.Position(c.fset, pos).Line - first)
}

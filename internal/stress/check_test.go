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
	"strconv"
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
var importers = sync.OnceValues(func() (types.Importer, error) { return exported(".", libraries...) })

// exported imports what the packages of a module import, and these.
func exported(dir string, patterns ...string) (types.Importer, error) {
	cmd := exec.Command("go", append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}, patterns...)...)
	cmd.Dir = dir
	out, err := cmd.Output()
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
}

// source is a package as its files are written.
type source struct {
	path  string
	files []string
}

// checked is what the analyzer made of one package.
type checked struct {
	fset        *token.FileSet
	files       []*ast.File
	sources     []string
	wrong       []error // what is wrong with its types, and its syntax
	result      *analyzer.Result
	diagnostics []analysis.Diagnostic
	facts       []analysis.ObjectFact
}

// check analyses a package of the given sources as far as their syntax and
// types go.
func check(t testing.TB, options analyzer.Options, sources ...string) *checked {
	t.Helper()
	library, err := importers()
	if err != nil {
		t.Fatal(err)
	}
	return checkAll(t, options, library, source{"example.com/p", sources})[0]
}

// checkAll does so with packages of which each can import those before it.
// Facts are encoded and decoded on their way, as go vet does.
func checkAll(t testing.TB, options analyzer.Options, library types.Importer, sources ...source) (all []*checked) {
	t.Helper()
	return checkBy(t, analyzer.New(options), library, sources...)
}

func checkBy(t testing.TB, a *analysis.Analyzer, library types.Importer, sources ...source) (all []*checked) {
	t.Helper()
	known := known{library, map[string]*packages.Package{}}
	fset := token.NewFileSet()
	var pkgs []*packages.Package
	for _, s := range sources {
		c := &checked{fset: fset, sources: s.files}
		pkgs = append(pkgs, c.typed(s, known))
		known.packages[s.path] = pkgs[len(pkgs)-1]
		all = append(all, c)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range graph.Roots {
		if root.Err != nil {
			t.Fatal(root.Err)
		}
		c := all[slices.Index(pkgs, root.Package)]
		c.result = root.Result.(*analyzer.Result)
		c.diagnostics = root.Diagnostics
		c.facts = root.AllObjectFacts()
	}
	return all
}

// typed is the package of a source with its types, as far as they go.
func (c *checked) typed(s source, known known) *packages.Package {
	imported := map[string]*packages.Package{}
	for _, src := range s.files {
		f, err := parser.ParseFile(c.fset, fmt.Sprintf("%c.go", 'a'+files(c.fset)), src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			c.wrong = append(c.wrong, err)
		}
		for _, spec := range f.Imports {
			if path, _ := strconv.Unquote(spec.Path.Value); known.packages[path] != nil {
				imported[path] = known.packages[path]
			}
		}
		c.files = append(c.files, f)
	}
	pkg := &packages.Package{
		ID: s.path, PkgPath: s.path, Name: "p", Fset: c.fset, Syntax: c.files, Imports: imported,
		TypesSizes: types.SizesFor("gc", "amd64"),
		TypesInfo: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
			Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
			Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
		},
	}
	conf := types.Config{
		Importer: known, FakeImportC: true,
		Error: func(err error) { c.wrong = append(c.wrong, err) },
	}
	pkg.Types, _ = conf.Check(pkg.PkgPath, c.fset, c.files, pkg.TypesInfo)
	pkg.IllTyped = len(c.wrong) > 0
	return pkg
}

// files is how many there are.
func files(fset *token.FileSet) (n int) {
	fset.Iterate(func(*token.File) bool { n++; return true })
	return n
}

// known imports packages that are checked already, and libraries.
type known struct {
	library  types.Importer
	packages map[string]*packages.Package
}

func (k known) Import(path string) (*types.Package, error) {
	if p := k.packages[path]; p != nil {
		return p.Types, nil
	}
	return k.library.Import(path)
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

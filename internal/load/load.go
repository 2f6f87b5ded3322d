// Package load runs go/analysis analyzers over the packages that patterns
// name, with less work than type-checking everything from source: syntax for
// the packages named and for those dependencies that a caller chooses, export
// data from the build cache for all others.
//
// golang.org/x/tools/go/analysis/checker needs the syntax of every dependency
// as soon as an analyzer has facts, which costs ten times the time and twenty
// times the memory on a service of a thousand dependencies.
package load

import (
	"crypto/sha256"
	"errors"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// Config says what to load.
type Config struct {
	Dir   string   // where the patterns hold; "" is the working directory
	Flags []string // build flags for the go command, such as -tags=x
	Tests bool     // load test files too

	// FromSource chooses the dependencies that are read from source, so that
	// facts about them are made. It is asked of each package outside the
	// standard library that no pattern names, dependencies first. Nil means none.
	FromSource func(path string, imports []string) bool
}

// Program is what a Config and patterns came to.
type Program struct {
	Fset *token.FileSet

	// Bodies says of a package that compiled whether the analyzers want the types
	// in its functions, by its syntax, its imports and the facts about those: there
	// are no other types yet. Of one that it refuses the declarations alone are
	// checked, and its functions are left empty. Nil refuses none.
	Bodies func(*analysis.Pass) bool

	again  func() *Program
	order  []*node // dependencies first
	shared map[string]*types.Package
	read   sync.Map // the hash of each file that was read, by its name
}

// Unchanged reports whether a file had this content when Run read it.
func (p *Program) Unchanged(file string, content []byte) bool {
	hash, ok := p.read.Load(file)
	return ok && hash == sha256.Sum256(content)
}

// node is one package of the import graph.
type node struct {
	meta *packages.Package
	deps []*node

	source    bool // read from source, else from export data
	report    bool // a pattern names it, and no test variant holds its files too
	needed    bool // a package read from source imports it
	hasSource bool // a package read from source is among its dependencies
	imported  bool // some package other than a test main imports it

	types *types.Package
	err   error // why types is nil
}

// Metadata alone: files, imports, export data, and what a Pass is told.
const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedDeps | packages.NeedExportFile | packages.NeedModule |
	packages.NeedEmbedFiles | packages.NeedTypesSizes | packages.NeedForTest

// Load lists the packages that patterns name and all that they import. Its
// error says that nothing could be listed; what is wrong with one package is
// told by Run.
func Load(cfg Config, patterns ...string) (*Program, error) {
	if cfg.Dir != "" {
		if _, err := os.ReadDir(cfg.Dir); err != nil {
			return nil, err
		}
	}
	roots, err := packages.Load(&packages.Config{
		Mode: mode, Dir: cfg.Dir, BuildFlags: cfg.Flags, Tests: cfg.Tests,
	}, patterns...)
	if err != nil {
		return nil, errors.New(inWords(cfg.Dir, err.Error()))
	}
	roots = slices.DeleteFunc(roots, isTestMain)
	if len(roots) == 0 {
		return nil, nothing(cfg, patterns)
	}
	if err := translate(cfg.Dir, roots); err != nil {
		return nil, err
	}
	return program(roots, cfg.FromSource), nil
}

func program(roots []*packages.Package, fromSource func(string, []string) bool) *Program {
	p := &Program{Fset: token.NewFileSet(), shared: make(map[string]*types.Package)}
	p.again = func() *Program { return program(roots, fromSource) }
	p.build(roots, fromSource)
	return p
}

// Again is the same program, to be run once more: its packages are not listed
// anew.
func (p *Program) Again() *Program { return p.again() }

// isTestMain tells the main package that go test would generate.
func isTestMain(p *packages.Package) bool {
	return p.Name == "main" && strings.HasSuffix(p.ID, ".test")
}

// build turns the packages into nodes and decides how each is read.
func (p *Program) build(roots []*packages.Package, fromSource func(string, []string) bool) {
	nodes := make(map[*packages.Package]*node)
	var visit func(*packages.Package) *node
	visit = func(meta *packages.Package) *node {
		if n := nodes[meta]; n != nil {
			return n
		}
		n := &node{meta: meta}
		nodes[meta] = n
		for _, path := range slices.Sorted(maps.Keys(meta.Imports)) {
			dep := visit(meta.Imports[path])
			dep.imported = true
			n.deps = append(n.deps, dep)
		}
		// A test variant, too, is read from source: export data names
		// packages by path, which is the same for all variants.
		n.source = meta.ForTest != "" || fromSource != nil && meta.Module != nil &&
			fromSource(meta.PkgPath, slices.Sorted(maps.Keys(meta.Imports)))
		p.order = append(p.order, n)
		return n
	}
	tested := make(map[string]bool) // paths of packages with a test variant
	for _, meta := range roots {
		n := visit(meta)
		n.source, n.report = true, true
		if meta.ForTest == meta.PkgPath {
			tested[meta.PkgPath] = true
		}
	}
	for _, meta := range roots {
		if n := nodes[meta]; meta.ForTest == "" && tested[meta.PkgPath] {
			n.report = false
		}
	}
	p.order = slices.DeleteFunc(p.order, func(n *node) bool {
		return tested[n.meta.PkgPath] && n.meta.ForTest == "" && !n.imported
	})
	p.choose()
}

// choose spreads what the decision for one package means for the others.
func (p *Program) choose() {
	for _, n := range slices.Backward(p.order) {
		if !n.source {
			continue
		}
		for _, dep := range n.deps {
			dep.needed = true
			// What did not compile has no export data.
			if dep.meta.ExportFile == "" && dep.meta.PkgPath != "unsafe" {
				dep.source = true
			}
		}
	}
	for _, n := range p.order {
		n.hasSource = slices.ContainsFunc(n.deps, func(d *node) bool { return d.source || d.hasSource })
	}
}

// Len is the number of packages that Run will analyse.
func (p *Program) Len() (n int) {
	for _, node := range p.order {
		if node.source {
			n++
		}
	}
	return n
}

// otherFiles counts the Go files that build constraints leave out.
func (n *node) otherFiles() (count int) {
	for _, name := range n.meta.IgnoredFiles {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			count++
		}
	}
	return count
}

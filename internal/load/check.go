package load

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// readExport reads a package's types from the build cache. All export data
// shares one map of packages, so that a type is the same wherever it is seen,
// and of packages that are only mentioned no more is read than the mention.
//
// It writes to packages that others may be reading: callers see to it that
// nothing else runs.
func (p *Program) readExport(n *node) {
	if n.meta.PkgPath == "unsafe" {
		n.types = types.Unsafe
		return
	}
	f, err := os.Open(n.meta.ExportFile)
	if err != nil {
		n.err = err
		return
	}
	defer f.Close()
	//lint:ignore SA1019 go list of Go 1.27 and before has archives, which Read does not take; what later ones have it hands on
	r, err := gcexportdata.NewReader(f)
	if err == nil {
		n.types, err = gcexportdata.Read(r, p.Fset, p.shared, n.meta.PkgPath)
	}
	if err != nil {
		n.types, n.err = nil, fmt.Errorf("export data: %w", err)
	}
}

// checked is a package read from source.
type checked struct {
	files []*ast.File
	info  *types.Info
	errs  []error
	typed []types.Error // those of errs that the type checker found
}

// parse parses a package as far as it goes.
func (p *Program) parse(n *node) *checked {
	c := new(checked)
	for _, err := range n.meta.Errors {
		// The compiler's errors are found again, one by one.
		if err.Kind == packages.ListError && !strings.HasPrefix(err.Msg, "# ") {
			c.errs = append(c.errs, listError(err))
		}
	}
	for _, name := range n.meta.CompiledGoFiles {
		content, err := os.ReadFile(name)
		if err != nil {
			c.errs = append(c.errs, err)
			continue
		}
		p.read.Store(name, sha256.Sum256(content))
		f, err := parser.ParseFile(p.Fset, name, content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			c.errs = append(c.errs, err)
		}
		if f != nil {
			c.files = append(c.files, f)
		}
	}
	return c
}

// check type-checks a package as far as it goes, without the bodies of its
// functions if nobody wants them: then they are emptied, too.
func (p *Program) check(n *node, c *checked, bodies bool) {
	c.info = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
	if len(c.files) == 0 {
		n.err = errors.New("no Go files that can be read")
		return
	}
	conf := types.Config{
		Importer:         n,
		Sizes:            n.meta.TypesSizes,
		IgnoreFuncBodies: !bodies,
		Error: func(err error) {
			if typed, ok := err.(types.Error); ok {
				typed.Msg = inWords("", typed.Msg)
				c.typed, err = append(c.typed, typed), typed
			}
			c.errs = append(c.errs, err)
		},
	}
	if m := n.meta.Module; m != nil && m.GoVersion != "" {
		conf.GoVersion = "go" + m.GoVersion
	}
	n.types = types.NewPackage(n.meta.PkgPath, n.meta.Name)
	if err := typeCheck(types.NewChecker(&conf, p.Fset, n.types, c.info), c.files); err != nil {
		c.errs = append(c.errs, err)
	}
	if !bodies {
		c.empty()
	}
}

// empty takes the statements out of all functions that are declared.
func (c *checked) empty() {
	for _, f := range c.files {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
				fn.Body.List = nil
			}
		}
	}
}

// typeCheck checks files as far as it goes. Errors in them are told as they are
// met; its own is that of a type checker that panics, as it may over code that
// does not parse.
func typeCheck(checker interface{ Files([]*ast.File) error }, files []*ast.File) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = panicked("the type checker", x)
		}
	}()
	_ = checker.Files(files)
	return nil
}

// listError is what the go command says of a package, with its place if it has one.
func listError(err packages.Error) error {
	if err.Pos == "" || err.Pos == "-" {
		return errors.New(err.Msg)
	}
	return err
}

// Import gives the type checker the packages that n imports.
func (n *node) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	meta := n.meta.Imports[path]
	if meta == nil {
		return nil, errors.New("not listed by the go command")
	}
	for _, dep := range n.deps {
		if dep.meta == meta {
			return dep.types, dep.err
		}
	}
	return nil, errors.New("not loaded")
}

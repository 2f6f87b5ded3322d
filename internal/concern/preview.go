package concern

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/embedded"
	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Preview says before a package is type-checked whether there can be something to
// say of it: what concerns poolvet can be reached only by a name, and the names
// that packages offer are known by their types and facts. It says yes too often
// rather than not often enough.
type Preview struct {
	Funcs   sqlflow.Funcs     // further functions that take SQL
	Matters func(string) bool // which texts could do something

	reaches sync.Map // *reach by *types.Package
	offers  sync.Map // *offer by *types.Package
	told    sync.Map // names by *types.Package
	members sync.Map // names by *types.Named
}

// Any reports whether Any or eval.HasText could be true of a package that is
// parsed, and whose imports are known.
func (v *Preview) Any(pass *analysis.Pass) bool {
	s, ok := syntaxOf(pass, v.Matters)
	if !ok || eval.NamesText(pass, s.values, v.Matters) || embedded.MayMatter(pass, v.Matters) {
		return true
	}
	r := v.reachOf(pass, pass.Pkg)
	if slices.ContainsFunc(r.offers, s.takes) || v.takesObject(s) {
		return true
	}
	return r.database && (library.IsDatabase(pass.Pkg.Path()) || v.Funcs[pass.Pkg.Path()] != nil ||
		s.runs() || Any(pass, s.values, v.Funcs))
}

// takes reports whether the syntax names a method or a field of a package and a
// member of what comes with it.
func (s *syntax) takes(o *offer) bool {
	if o.loose.meet(s.behindDot) {
		return true
	}
	for name, sets := range o.members {
		if s.behindDot[name] && slices.ContainsFunc(sets, s.behindDot.meet) {
			return true
		}
	}
	return false
}

// takesObject is takes for what the syntax names behind the name of a package.
func (v *Preview) takesObject(s *syntax) bool {
	for obj := range s.objects {
		if o, ok := v.offers.Load(obj.Pkg()); ok && slices.ContainsFunc(o.(*offer).objects[obj], s.behindDot.meet) {
			return true
		}
	}
	return false
}

// names is a set of them.
type names map[string]bool

func (n names) add(name string) { n[name] = true }

// meet reports whether a name is in both sets.
func (n names) meet(others names) bool {
	if len(others) < len(n) {
		n, others = others, n
	}
	for name := range n {
		if others[name] {
			return true
		}
	}
	return false
}

// syntax is what the files of a package name of others.
type syntax struct {
	objects   map[types.Object]bool // behind the name of a package
	values    map[types.Object]bool // of these, all but types
	behindDot names                 // what else stands behind a dot, or is a key in a literal
	methods   []method
	types     map[string]*ast.TypeSpec
}

// syntaxOf reads the syntax of a package. It is false where there is a text that
// matters, a directive, or a name whose package is not known.
func syntaxOf(pass *analysis.Pass, matters func(string) bool) (*syntax, bool) {
	s := &syntax{objects: map[types.Object]bool{}, values: map[types.Object]bool{}, behindDot: names{}, types: map[string]*ast.TypeSpec{}}
	for _, file := range pass.Files {
		imports, ok := importsOf(pass.Pkg, file)
		if !ok || speaksOfPoolvet(file) {
			return nil, false
		}
		r := fileReader{syntax: s, imports: imports, matters: matters, plain: names{}}
		ast.Inspect(file, r.node)
		if r.text {
			return nil, false
		}
		for _, sel := range r.selectors {
			s.selector(sel, imports, r.plain)
		}
	}
	return s, true
}

// importsOf are the packages of a file by the names that it has for them. It is
// false where not all of them are known.
func importsOf(pkg *types.Package, file *ast.File) (map[string]*types.Package, bool) {
	byPath := map[string]*types.Package{}
	for _, imp := range pkg.Imports() {
		byPath[imp.Path()] = imp
	}
	byName := map[string]*types.Package{}
	for _, spec := range file.Imports {
		path := strings.Trim(spec.Path.Value, "\"`")
		imp := byPath[path]
		if path == "unsafe" {
			imp = types.Unsafe
		}
		switch {
		case imp == nil:
			return nil, false
		case spec.Name == nil:
			byName[imp.Name()] = imp
		case spec.Name.Name == ".":
			return nil, false
		default:
			byName[spec.Name.Name] = imp
		}
	}
	return byName, true
}

// speaksOfPoolvet reports whether a comment may be a directive.
func speaksOfPoolvet(file *ast.File) bool {
	const name = "poolvet"
	for _, group := range file.Comments {
		for _, c := range group.List {
			text := strings.TrimLeft(c.Text[2:], " ")
			if len(text) > len(name) && strings.EqualFold(text[:len(name)], name) {
				return true
			}
		}
	}
	return false
}

// fileReader walks over a file.
type fileReader struct {
	*syntax
	imports   map[string]*types.Package
	matters   func(string) bool
	selectors []*ast.SelectorExpr // of a name
	plain     names               // of packages, that stand alone: they name something else
	text      bool                // there is one that matters
}

func (r *fileReader) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.BasicLit:
		r.text = r.text || eval.Spells(n, r.matters)
	case *ast.Ident:
		if r.imports[n.Name] != nil {
			r.plain.add(n.Name)
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok {
			r.behindDot.add(key.Name)
		}
	case *ast.SelectorExpr:
		if _, ok := n.X.(*ast.Ident); ok {
			r.selectors = append(r.selectors, n)
			return false
		}
		r.behindDot.add(n.Sel.Name)
		ast.Inspect(n.X, r.node)
		return false
	case *ast.TypeSpec:
		r.types[n.Name.Name] = n
	case *ast.FuncDecl:
		if n.Recv != nil {
			r.methods = append(r.methods, method{n.Name.Name, n.Type, r.imports})
		}
	case *ast.InterfaceType:
		for _, m := range n.Methods.List {
			if t, ok := m.Type.(*ast.FuncType); ok && len(m.Names) > 0 {
				r.methods = append(r.methods, method{m.Names[0].Name, t, r.imports})
			}
		}
	}
	return !r.text
}

// selector takes up x.Sel: of a package, unless the file also has another x.
func (s *syntax) selector(sel *ast.SelectorExpr, imports map[string]*types.Package, plain names) {
	x := sel.X.(*ast.Ident).Name
	imp := imports[x]
	if imp == nil || plain[x] {
		s.behindDot.add(sel.Sel.Name)
	}
	if imp == nil {
		return
	}
	if obj := imp.Scope().Lookup(sel.Sel.Name); obj != nil {
		s.objects[obj] = true
		if _, isType := obj.(*types.TypeName); !isType {
			s.values[obj] = true
		}
	}
}

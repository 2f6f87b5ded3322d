package eval

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/embedded"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// Known is the fact of a package: the texts that matter to others of what its
// functions and methods return, and of what it puts into variables and fields,
// by their names.
type Known struct{ Objects []KnownTexts }

// KnownTexts are the texts of one of them: "DSN", "Config.DSN".
type KnownTexts struct {
	Name  string
	Texts []FactText
}

func (*Known) AFact() {}

func (k *Known) String() string { return fmt.Sprintf("known(%d)", len(k.Objects)) }

// factOf are the texts of an object of another package.
func (e *Evaluator) factOf(obj types.Object) []FactText {
	var fact Known
	if obj.Pkg() == nil || obj.Pkg() == e.Pass.Pkg || !e.Pass.ImportPackageFact(obj.Pkg(), &fact) {
		return nil
	}
	i, ok := slices.BinarySearchFunc(fact.Objects, e.NameOf(obj), func(k KnownTexts, name string) int { return cmp.Compare(k.Name, name) })
	if !ok {
		return nil
	}
	return fact.Objects[i].Texts
}

// FactText is one text, with the holes that a caller fills.
type FactText struct {
	Result int
	Value  string
	Holes  []FactHole
}

// FactHole says that the hole at byte At is what is passed for a parameter: as
// a format, or as it is.
type FactHole struct {
	At, Param int
	Format    bool
}

// Not included: longer texts, and more of them, which would be read again for
// every package that imports this one.
const (
	maxFactTexts = 8
	maxFactBytes = 4 << 10 // of all texts of one object
)

// ExportOf makes the fact of a package of which nothing else is asked: within
// limits that are as narrow as a fact is small.
func ExportOf(pass *analysis.Pass, in *inspector.Inspector, matters func(string) bool) {
	e := newEvaluator(pass, flow.New(pass, in), allLimits[1])
	e.matters = func(string) bool { return false } // nothing is told of what is left out
	e.Export(matters)
}

// HasText reports whether a package spells, embeds or names a text that
// matters: of others nothing need be followed to make its fact. named are the
// objects that it names.
func HasText(pass *analysis.Pass, in *inspector.Inspector, named map[types.Object]bool, matters func(string) bool) bool {
	return spells(in, matters) || embedded.New(pass).Matter(matters) || NamesText(pass, named, matters)
}

// spells reports whether a literal of a package matters.
func spells(in *inspector.Inspector, matters func(string) bool) bool {
	for lit := range inspector.All[*ast.BasicLit](in) {
		if Spells(lit, matters) {
			return true
		}
	}
	return false
}

// Spells reports whether a literal is a text that matters.
func Spells(lit *ast.BasicLit, matters func(string) bool) bool {
	n := len(lit.Value)
	return lit.Kind == token.STRING && n > 4 && matters(lit.Value[1:n-1])
}

// Export makes the fact of the package, if there is anything to say.
func (e *Evaluator) Export(matters func(string) bool) {
	if !e.handsOn(matters) {
		return
	}
	all := map[string][]FactText{}
	methods := e.Interfaces()
	for _, decl := range e.Declarations() {
		fn, ok := e.Info.Defs[decl.Name].(*types.Func)
		if !ok || !decl.Name.IsExported() {
			continue
		}
		ts := e.factsOf(decl, fn, matters)
		all[flow.NameOf(fn)] = ts
		for _, im := range methods[fn.Name()] {
			if len(ts) > 0 && flow.Implements(fn, im) {
				all[flow.NameOf(im)] = withMore(all[flow.NameOf(im)], ts)
			}
		}
	}
	for v, known := range e.Vars {
		if known.Fn == nil && e.isForOthers(v) {
			ts := e.valueOf(v, 0, func() []text.Text { return e.defs(e.Vars[v].Defs) })
			all[e.NameOf(v)] = factTexts(0, e.union(ts, e.byDefault(nil, e.Defaults()[v])), nil, matters)
		}
	}
	for v, ds := range e.Defaults() {
		if e.Vars[v] == nil && e.isForOthers(v) {
			all[e.NameOf(v)] = factTexts(0, e.byDefault(nil, ds), nil, matters)
		}
	}
	var fact Known
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name != "" && len(all[name]) > 0 {
			fact.Objects = append(fact.Objects, KnownTexts{name, all[name]})
		}
	}
	if len(fact.Objects) > 0 {
		e.Pass.ExportPackageFact(&fact)
	}
}

// handsOn reports whether a text that matters is more than compared with: code that
// is generated for several databases asks for the name of each, and no more.
func (e *Evaluator) handsOn(matters func(string) bool) bool {
	if e.Files.Matter(matters) {
		return true
	}
	compared, named, found := map[ast.Node]bool{}, map[types.Object]bool{}, false
	compare := func(xs ...ast.Expr) {
		for _, x := range xs {
			compared[ast.Unparen(x)] = true
			if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
				compared[sel.Sel] = true
			}
		}
	}
	for _, file := range e.Pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					compare(n.X, n.Y)
				}
			case *ast.CaseClause:
				compare(n.List...)
			case *ast.BasicLit:
				found = found || !compared[n] && Spells(n, matters)
			case *ast.Ident:
				if obj := e.Info.Uses[n]; obj != nil && !compared[n] && obj.Pkg() != nil && obj.Pkg() != e.Pass.Pkg {
					named[obj] = true
				}
			}
			return !found
		})
	}
	return found || NamesText(e.Pass, named, matters)
}

// NamesText reports whether the package names what is a text that matters in
// another one: a constant, what a fact knows, or perhaps an embedded file.
func NamesText(pass *analysis.Pass, named map[types.Object]bool, matters func(string) bool) bool {
	known := map[*types.Package]*texts{}
	for obj := range named {
		pkg := obj.Pkg()
		if pkg == pass.Pkg {
			continue
		}
		of := known[pkg]
		if of == nil {
			of = textsOf(pass, pkg)
			known[pkg] = of
		}
		if of.names[obj.Name()] {
			return true
		}
		switch obj := obj.(type) {
		case *types.Const:
			if obj.Val().Kind() == constant.String && matters(constant.StringVal(obj.Val())) {
				return true
			}
		case *types.Var:
			if of.embeds && !obj.IsField() && embedded.Embeddable(obj.Type()) {
				return true
			}
		}
	}
	return false
}

// texts is what is known of another package's.
type texts struct {
	names  map[string]bool // the last words of the names in its fact
	embeds bool            // it may embed files
}

func textsOf(pass *analysis.Pass, pkg *types.Package) *texts {
	return &texts{names: TextNames(pass, pkg), embeds: slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return p.Path() == "embed" })}
}

// TextNames are the last words of the names of which the fact of a package knows a
// text.
func TextNames(pass *analysis.Pass, pkg *types.Package) map[string]bool {
	names := map[string]bool{}
	var fact Known
	if pass.ImportPackageFact(pkg, &fact) {
		for _, k := range fact.Objects {
			names[flow.LastOf(k.Name)] = true
		}
	}
	return names
}

// isForOthers reports whether other packages can name v for its text.
func (e *Evaluator) isForOthers(v *types.Var) bool {
	return v.Pkg() == e.Pass.Pkg && v.Exported() && (v.IsField() || v.Parent() == v.Pkg().Scope()) && e.Carries(v.Type())
}

// withMore adds the texts of another type that implements the same method.
func withMore(ts, more []FactText) []FactText {
	ts = slices.Clip(ts)
	for _, t := range more {
		if len(ts) < maxFactTexts && !slices.ContainsFunc(ts, func(o FactText) bool { return o.Value == t.Value && o.Result == t.Result }) {
			ts = append(ts, t)
		}
	}
	return ts
}

// factsOf are the texts of all results of a function.
func (e *Evaluator) factsOf(decl *ast.FuncDecl, fn *types.Func, matters func(string) bool) (all []FactText) {
	results := fn.Signature().Results()
	for i := range results.Len() {
		if e.Carries(results.At(i).Type()) {
			all = append(all, factTexts(i, e.returned(decl, i), e.paramOf(decl), matters)...)
		}
	}
	return all
}

// paramOf says which parameter of a function a variable is, -1 for none.
func (e *Evaluator) paramOf(fn ast.Node) func(*types.Var) int {
	return func(v *types.Var) int {
		if known := e.Vars[v]; known != nil && known.Fn == fn {
			return known.Param
		}
		return -1
	}
}

// factTexts are texts as a fact has them, none where not one matters.
func factTexts(result int, ts []text.Text, paramOf func(*types.Var) int, matters func(string) bool) []FactText {
	if !slices.ContainsFunc(ts, func(t text.Text) bool { return matters(t.Value) }) {
		return nil
	}
	var fs []FactText
	size := 0
	for _, t := range ts {
		if size += len(t.Value); len(fs) == maxFactTexts || size > maxFactBytes {
			break
		}
		f := FactText{Result: result, Value: t.Value}
		for _, p := range t.Pieces {
			if p.Param == nil || paramOf == nil {
				continue
			}
			if i := paramOf(p.Param); i >= 0 {
				f.Holes = append(f.Holes, FactHole{p.Start, i, p.Format})
			}
		}
		fs = append(fs, f)
	}
	return fs
}

// imported are the texts that the i-th result of a call of another package's
// function is known to be.
func (e *Evaluator) imported(x *ast.CallExpr, fn *types.Func, i int) []text.Text {
	var ts []text.Text
	for _, f := range e.factOf(fn) {
		if f.Result == i {
			ts = e.union(ts, e.filledIn(x, f))
		}
	}
	return ts
}

// filledIn is a fact's text with what a call passes in its holes.
func (e *Evaluator) filledIn(x *ast.CallExpr, f FactText) []text.Text {
	whole := text.Holed(x, f.Value)
	var operands [][]text.Text
	at := 0
	for _, h := range f.Holes {
		operands = append(operands, []text.Text{whole.Slice(at, h.At)}, e.passed(x, h.Param, text.Piece{Format: h.Format}))
		at = h.At + 1
	}
	return e.product(append(operands, []text.Text{whole.Slice(at, len(f.Value))}))
}

// heldBy are the texts that another package is known to put into v.
func (e *Evaluator) heldBy(x ast.Node, v *types.Var) (ts []text.Text) {
	for _, f := range e.factOf(v) {
		ts = append(ts, text.Holed(x, f.Value))
	}
	return ts
}

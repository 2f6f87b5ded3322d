package flow

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/text"
)

// Facts is what the analyzer that follows values must declare.
var Facts = []analysis.Fact{(*Returns)(nil), (*Holds)(nil)}

// Returns is the fact of a function or method: texts that it returns and that
// matter to its callers.
type Returns struct{ Texts []FactText }

// Holds is the fact of a package variable or a field: such texts that its
// package puts into it.
type Holds struct{ Texts []FactText }

func (*Returns) AFact() {}
func (*Holds) AFact()   {}

func (r *Returns) String() string { return fmt.Sprintf("returns(%d)", len(r.Texts)) }
func (h *Holds) String() string   { return fmt.Sprintf("holds(%d)", len(h.Texts)) }

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

// Export makes facts of what exported functions, variables and fields of the
// package have to say, where one of their texts matters to others.
func (e *Flow) Export(matters func(string) bool) {
	var decls []*ast.FuncDecl
	for _, decl := range e.funcs {
		decls = append(decls, decl)
	}
	slices.SortFunc(decls, func(a, b *ast.FuncDecl) int { return cmp.Compare(a.Pos(), b.Pos()) })
	methods := e.Interfaces()
	for _, decl := range decls {
		fn, ok := e.Info.Defs[decl.Name].(*types.Func)
		if !ok || !decl.Name.IsExported() {
			continue
		}
		if ts := e.factsOf(decl, fn, matters); len(ts) > 0 {
			e.Pass.ExportObjectFact(fn, &Returns{ts})
			for _, im := range methods[fn.Name()] {
				if Implements(fn, im) {
					e.exportMethod(im, ts)
				}
			}
		}
	}
	var vars []*types.Var
	for v, known := range e.Vars {
		if v.Pkg() == e.Pass.Pkg && v.Exported() && known.Fn == nil && (v.IsField() || v.Parent() == v.Pkg().Scope()) && e.Carries(v.Type()) {
			vars = append(vars, v)
		}
	}
	slices.SortFunc(vars, func(a, b *types.Var) int { return cmp.Compare(a.Pos(), b.Pos()) })
	for _, v := range vars {
		ts := e.valueOf(v, 0, func() []text.Text { return e.defs(e.Vars[v].Defs) })
		if fs := factTexts(0, ts, nil, matters); len(fs) > 0 {
			e.Pass.ExportObjectFact(v, &Holds{fs})
		}
	}
}

// exportMethod makes the fact of an interface's method, of which other types
// may have said something before.
func (e *Flow) exportMethod(im *types.Func, ts []FactText) {
	var all Returns
	e.Pass.ImportObjectFact(im, &all)
	for _, t := range ts {
		if len(all.Texts) < maxFactTexts && !slices.ContainsFunc(all.Texts, func(o FactText) bool { return o.Value == t.Value && o.Result == t.Result }) {
			all.Texts = append(all.Texts, t)
		}
	}
	e.Pass.ExportObjectFact(im, &all)
}

// factsOf are the texts of all results of a function.
func (e *Flow) factsOf(decl *ast.FuncDecl, fn *types.Func, matters func(string) bool) (all []FactText) {
	results := fn.Signature().Results()
	for i := range results.Len() {
		if e.Carries(results.At(i).Type()) {
			all = append(all, factTexts(i, e.returned(decl, i), e.paramOf(decl), matters)...)
		}
	}
	return all
}

// paramOf says which parameter of a function a variable is, -1 for none.
func (e *Flow) paramOf(fn ast.Node) func(*types.Var) int {
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
func (e *Flow) imported(x *ast.CallExpr, fn *types.Func, i int) []text.Text {
	var fact Returns
	if fn.Pkg() == nil || fn.Pkg() == e.Pass.Pkg || !e.Pass.ImportObjectFact(fn, &fact) {
		return nil
	}
	var ts []text.Text
	for _, f := range fact.Texts {
		if f.Result == i {
			ts = e.union(ts, e.filledIn(x, f))
		}
	}
	return ts
}

// filledIn is a fact's text with what a call passes in its holes.
func (e *Flow) filledIn(x *ast.CallExpr, f FactText) []text.Text {
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
func (e *Flow) heldBy(x ast.Node, v *types.Var) []text.Text {
	var fact Holds
	if v.Pkg() == nil || v.Pkg() == e.Pass.Pkg || !e.Pass.ImportObjectFact(v, &fact) {
		return nil
	}
	var ts []text.Text
	for _, f := range fact.Texts {
		ts = append(ts, text.Holed(x, f.Value))
	}
	return ts
}

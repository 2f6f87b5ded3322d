// Package given finds the calls that give a pool to a helper whose statement
// needs a transaction: as an argument, or in what its receiver was made of, as
// sqlc's New(pool) is.
package given

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Helpers is the fact of a package: its functions and methods with a statement
// that needs a transaction, in the order of their names, and the functions that
// make what the methods run on.
type Helpers struct {
	Funcs  []Helper
	Makers []Maker
}

// Helper is one of them: what is for a transaction is the handle that it gets
// as a parameter or, where Slot is set, in a field of its receiver.
type Helper struct {
	Name   string
	Slot   Slot
	Param  int
	Effect effect.Effect
}

// Maker is a function that fills a slot: with a handle, else with a parameter.
type Maker struct {
	Name   string
	Slot   Slot
	Param  int
	Handle sqlflow.Handle
}

// Slot is a field that holds a handle, by its struct and name; the zero Slot is
// the handle itself.
type Slot struct{ Path, Owner, Field string }

func (*Helpers) AFact() {}

func (h *Helpers) String() string { return fmt.Sprintf("helpers(%d)", len(h.Funcs)) }

// About are the names of what it tells of.
func (h *Helpers) About() (names []string) {
	for _, f := range h.Funcs {
		names = append(names, f.Name)
	}
	for _, m := range h.Makers {
		names = append(names, m.Name)
	}
	return names
}

// Given knows the helpers of a package.
type Given struct {
	sql   *sqlflow.SQL
	flow  *flow.Flow
	own   []Helper
	facts map[*types.Package]*Helpers
}

// New is for the package of sql.
func New(sql *sqlflow.SQL) *Given {
	return &Given{sql: sql, flow: sql.Flow.Flow, facts: map[*types.Package]*Helpers{}}
}

// Pools notes a statement that needs a transaction, and are the calls in this
// package that give a pool to the function it stands in.
func (g *Given) Pools(u sqlflow.Use, e effect.Effect) []*ast.CallExpr {
	fn := g.flow.Enclosing(u.Call)
	var given []*ast.CallExpr
	for _, on := range u.On() {
		h, ok := g.helper(fn, on)
		if !ok {
			continue
		}
		h.Effect = e
		g.note(fn, h)
		for _, call := range g.flow.CallsOf(fn) {
			if g.givesPool(call, h) {
				given = append(given, call)
			}
		}
	}
	return given
}

// helper is how fn gets the handle on.
func (g *Given) helper(fn ast.Node, on ast.Expr) (Helper, bool) {
	on = ast.Unparen(on)
	if v, ok := g.flow.ObjectOf(on).(*types.Var); ok && len(g.flow.ValuesOf(v)) == 0 {
		if of, i, ok := g.flow.Parameter(v); ok && of == fn {
			return Helper{Param: i}, true
		}
	}
	sel, ok := on.(*ast.SelectorExpr)
	decl, isDecl := fn.(*ast.FuncDecl)
	if !ok || !isDecl || decl.Recv == nil || len(decl.Recv.List[0].Names) == 0 {
		return Helper{}, false
	}
	field, ok := g.flow.ObjectOf(sel).(*types.Var)
	if !ok || g.flow.ObjectOf(sel.X) == nil || g.flow.ObjectOf(sel.X) != g.flow.Info.Defs[decl.Recv.List[0].Names[0]] {
		return Helper{}, false
	}
	named := flow.NamedOf(flow.TypeOf(g.flow.Info, sel.X))
	if named == nil || g.isReplaced(field) {
		return Helper{}, false
	}
	return Helper{Slot: slotOf(named, field.Name()), Param: -1}, true
}

func slotOf(named *types.Named, field string) Slot {
	return Slot{named.Obj().Pkg().Path(), named.Obj().Name(), field}
}

// isReplaced reports whether a field is set after its struct was made.
func (g *Given) isReplaced(field *types.Var) bool {
	known := g.flow.Vars[field.Origin()]
	return known != nil && slices.ContainsFunc(known.Defs, func(d *flow.Def) bool {
		_, made := d.Base.(*ast.CompositeLit)
		return !made
	})
}

// note keeps what other packages need to know of a helper.
func (g *Given) note(fn ast.Node, h Helper) {
	decl, ok := fn.(*ast.FuncDecl)
	if !ok || !decl.Name.IsExported() {
		return
	}
	m, ok := g.flow.Info.Defs[decl.Name].(*types.Func)
	if !ok {
		return
	}
	names := []string{flow.NameOf(m)}
	for _, im := range g.flow.Interfaces()[m.Name()] {
		if flow.Implements(m, im) {
			names = append(names, flow.NameOf(im))
		}
	}
	for _, h.Name = range names {
		if !slices.ContainsFunc(g.own, func(o Helper) bool { return o.Name == h.Name && o.Slot == h.Slot && o.Param == h.Param }) {
			g.own = append(g.own, h)
		}
	}
}

// Elsewhere yields the calls that give a pool to a helper of another package,
// and what it runs.
func (g *Given) Elsewhere(yield func(*ast.CallExpr, effect.Effect) bool) {
	for _, call := range g.flow.Calls() {
		fn := g.flow.Callee(call)
		if fn == nil || fn.Pkg() == nil || fn.Pkg() == g.flow.Pass.Pkg {
			continue
		}
		for _, h := range g.factsOf(fn.Pkg()).Funcs {
			if h.Name == flow.NameOf(fn) && g.givesPool(call, h) && !yield(call, h.Effect) {
				return
			}
		}
	}
}

func (g *Given) factsOf(pkg *types.Package) *Helpers {
	fact := g.facts[pkg]
	if fact == nil {
		fact = new(Helpers)
		g.flow.Pass.ImportPackageFact(pkg, fact)
		g.facts[pkg] = fact
	}
	return fact
}

// Export makes the fact of the package, once its statements are noted.
func (g *Given) Export(pass *analysis.Pass) {
	if len(g.own) == 0 {
		return
	}
	fact := &Helpers{Funcs: g.own, Makers: g.makers()}
	slices.SortFunc(fact.Funcs, func(a, b Helper) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Param, b.Param), cmp.Compare(a.Slot.Field, b.Slot.Field))
	})
	pass.ExportPackageFact(fact)
}

// makers are the functions of this package that fill the slots of its helpers.
func (g *Given) makers() []Maker {
	var slots []Slot
	for _, h := range g.own {
		if h.Slot != (Slot{}) && !slices.Contains(slots, h.Slot) {
			slots = append(slots, h.Slot)
		}
	}
	var makers []Maker
	for _, decl := range g.flow.Declarations() {
		fn, ok := g.flow.Info.Defs[decl.Name].(*types.Func)
		if !ok || !decl.Name.IsExported() {
			continue
		}
		for _, slot := range slots {
			if m, ok := g.maker(decl, slot); ok {
				m.Name = flow.NameOf(fn)
				makers = append(makers, m)
			}
		}
	}
	return makers
}

func (g *Given) maker(decl *ast.FuncDecl, slot Slot) (Maker, bool) {
	all := g.returned(decl, slot, 0)
	if len(all) == 0 || slices.ContainsFunc(all, func(s source) bool { return s != all[0] }) {
		return Maker{}, false
	}
	m := Maker{Slot: slot, Param: -1, Handle: all[0].handle}
	if of, i, ok := g.flow.Parameter(all[0].param); ok && of == ast.Node(decl) && all[0].slot == (Slot{}) {
		m.Param = i
	}
	return m, m.Handle != sqlflow.UnknownHandle || m.Param >= 0
}

package hooks

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/shuffle"
)

// changes says which functions change the session when they are called: those
// with a call that does, and those that call such a function, however far away
// and in whatever circle they call each other. Of several changes the nearest
// counts, of equally near ones the first in the source.
type changes struct {
	pass  *analysis.Pass
	fns   []ast.Node // that call something, in the order of the source
	calls map[ast.Node][]step
	far   map[ast.Node]int // how many calls away the nearest change is; only of those that have one
}

// step is one call in a function: a change by itself, or into functions of
// this package.
type step struct {
	change *change
	fns    []ast.Node
}

func newChanges(h *Hooks, pass *analysis.Pass) *changes {
	c := &changes{pass: pass, calls: map[ast.Node][]step{}, far: map[ast.Node]int{}}
	if !slices.ContainsFunc(h.flow.Calls(), func(call *ast.CallExpr) bool { return c.direct(h, call) != nil }) {
		return c
	}
	callers := map[ast.Node][]ast.Node{}
	var changing []ast.Node
	for _, call := range h.flow.Calls() {
		fn := h.flow.Enclosing(call)
		if fn == nil {
			continue
		}
		s := step{change: c.direct(h, call)}
		if s.change == nil {
			s.fns = h.flow.Callees(call)
		}
		if c.calls[fn] == nil {
			c.fns = append(c.fns, fn)
		}
		c.calls[fn] = append(c.calls[fn], s)
		for _, callee := range s.fns {
			callers[callee] = append(callers[callee], fn)
		}
		if _, ok := c.far[fn]; !ok && s.change != nil {
			c.far[fn] = 0
			changing = append(changing, fn)
		}
	}
	shuffle.Slice(changing)
	for len(changing) > 0 { // breadth first: the first way to a function is a shortest
		fn := changing[0]
		changing = changing[1:]
		for _, caller := range callers[fn] {
			if _, ok := c.far[caller]; !ok {
				c.far[caller] = c.far[fn] + 1
				changing = append(changing, caller)
			}
		}
	}
	return c
}

// direct is the change that a call makes by its SQL, or as a function of
// another package.
func (c *changes) direct(h *Hooks, call *ast.CallExpr) *change {
	if own, ok := h.own[call]; ok {
		return &own
	}
	return foreign(c.pass, h.flow.Callee(call))
}

// nearest is the change that fn makes when it is called, if it does.
func (c *changes) nearest(fn ast.Node) *change {
	far, ok := c.far[fn]
	if !ok {
		return nil
	}
	for _, s := range c.calls[fn] {
		if far == 0 && s.change != nil {
			return s.change
		}
		for _, callee := range s.fns {
			if next, ok := c.far[callee]; ok && next == far-1 {
				return c.nearest(callee)
			}
		}
	}
	return nil
}

// export makes the fact of this package.
func (c *changes) export() {
	var fact SessionChanges
	for _, fn := range c.fns {
		decl, ok := fn.(*ast.FuncDecl)
		if !ok {
			continue
		}
		obj, _ := c.pass.TypesInfo.Defs[decl.Name].(*types.Func)
		if change := c.nearest(decl); change != nil && obj != nil {
			fact.Funcs = append(fact.Funcs, FuncChange{flow.NameOf(obj), change.effect})
		}
	}
	if len(fact.Funcs) > 0 {
		slices.SortStableFunc(fact.Funcs, func(a, b FuncChange) int { return cmp.Compare(a.Name, b.Name) })
		c.pass.ExportPackageFact(&fact)
	}
}

package hooks

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
)

// run is a function that a hook runs, itself or by others.
type run struct {
	fn   ast.Node
	hook int // in the list
}

// runsOf are the functions of this package that hooks run, each with the first
// hook that does. A call of an interface's method counts where one type here
// has it.
func (h *Hooks) runsOf() []run {
	if h.runs != nil {
		return h.runs
	}
	seen := map[ast.Node]bool{}
	add := func(fn ast.Node, hook int) {
		if !seen[fn] {
			seen[fn] = true
			h.runs = append(h.runs, run{fn, hook})
		}
	}
	for i, hook := range h.list {
		for _, fn := range hook.fns {
			add(fn, i)
		}
	}
	for i := 0; i < len(h.runs); i++ {
		for _, call := range h.callsIn(h.runs[i].fn) {
			callees := h.flow.Callees(call)
			if fn := h.flow.Callee(call); fn != nil && len(callees) > 1 {
				continue
			}
			for _, fn := range callees {
				add(fn, h.runs[i].hook)
			}
		}
	}
	return h.runs
}

func (h *Hooks) callsIn(fn ast.Node) []*ast.CallExpr {
	var calls []*ast.CallExpr
	for _, call := range h.flow.Calls() {
		if within(fn, call.Pos()) {
			calls = append(calls, call)
		}
	}
	return calls
}

// Of is the hook that runs the code at pos.
func (h *Hooks) Of(pos token.Pos) (Hook, bool) {
	for _, r := range h.runsOf() {
		if within(r.fn, pos) {
			return h.list[r.hook], true
		}
	}
	return Hook{}, false
}

// elsewhere reports the hooks that change the session by functions of other
// packages. What stands in this one is reported where it stands.
func (h *Hooks) elsewhere(pass *analysis.Pass) []driver.Site {
	type key struct {
		hook int
		kind effect.Kind
		what string
	}
	var sites []driver.Site
	seen := map[key]bool{}
	add := func(i int, fn *types.Func) {
		change := foreign(pass, fn)
		if change == nil {
			return
		}
		hook, e := h.list[i], change.effect
		if k := (key{i, e.Kind, e.Object}); !seen[k] {
			seen[k] = true
			e.Words = hook.Name + " runs " + e.Words
			sites = append(sites, driver.Site{Effect: e, Pos: hook.Pos, End: hook.End, When: hook.When, Config: hook.Config})
		}
	}
	for i, hook := range h.list {
		if x, ok := hook.value.(ast.Expr); ok {
			add(i, functionOf(pass.TypesInfo, x))
		}
	}
	for _, r := range h.runsOf() {
		for _, call := range h.callsIn(r.fn) {
			add(r.hook, h.flow.Callee(call))
		}
	}
	return sites
}

// functionOf is the function that x names, or nil.
func functionOf(info *types.Info, x ast.Expr) *types.Func {
	var id *ast.Ident
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		id = x
	case *ast.SelectorExpr:
		id = x.Sel
	}
	fn, _ := info.Uses[id].(*types.Func)
	return fn
}

// foreign is the change that a function of another package makes, by its fact.
func foreign(pass *analysis.Pass, fn *types.Func) *change {
	var fact SessionChanges
	if fn == nil || fn.Pkg() == nil || fn.Pkg() == pass.Pkg || !pass.ImportPackageFact(fn.Pkg(), &fact) {
		return nil
	}
	return fact.of(flow.NameOf(fn))
}

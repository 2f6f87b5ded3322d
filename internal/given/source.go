package given

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// source is what fills a slot: a handle, or what a parameter holds in its own
// slot; neither where that is not known.
type source struct {
	handle sqlflow.Handle
	param  *types.Var
	slot   Slot
}

// maxSteps is how far a handle is followed back.
const maxSteps = 8

// givesPool reports whether a call is known to give a helper a pool, and
// nothing else.
func (g *Given) givesPool(call *ast.CallExpr, h Helper) bool {
	if h.Slot == (Slot{}) {
		return h.Param < len(call.Args) && arePools(g.sources(call.Args[h.Param], Slot{}, 0))
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if arePools(g.sources(sel.X, h.Slot, 0)) {
		return true
	}
	field := g.promoting(sel)
	return field != nil && arePools(g.field(field, h.Slot, 0))
}

func arePools(all []source) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(s source) bool { return s.handle != sqlflow.Pool })
}

// promoting is the embedded field whose method sel is, nil where it is of no such.
func (g *Given) promoting(sel *ast.SelectorExpr) *types.Var {
	s := g.flow.Info.Selections[sel]
	if s == nil || len(s.Index()) < 2 {
		return nil
	}
	t, field := s.Recv(), (*types.Var)(nil)
	for _, i := range s.Index()[:len(s.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		field = st.Field(i)
		t = field.Type()
	}
	return field.Origin()
}

// sources are what fills a slot of x.
func (g *Given) sources(x ast.Expr, slot Slot, steps int) []source {
	unknown := []source{{}}
	if steps++; steps > maxSteps {
		return unknown
	}
	if slot == (Slot{}) {
		if h := g.sql.HandleOf(x); h != sqlflow.UnknownHandle {
			return []source{{handle: h}}
		}
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.StarExpr:
		return g.sources(x.X, slot, steps)
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return g.sources(x.X, slot, steps)
		}
	case *ast.CompositeLit:
		return g.filled(x, slot, steps)
	case *ast.CallExpr:
		return g.made(x, slot, steps)
	case *ast.Ident, *ast.SelectorExpr:
		if v, ok := g.flow.ObjectOf(x).(*types.Var); ok && v.Pkg() == g.flow.Pass.Pkg {
			return g.variable(x, v.Origin(), slot, steps)
		}
	}
	return unknown
}

// filled is what a literal puts into a slot: its own, or that of what it embeds.
func (g *Given) filled(lit *ast.CompositeLit, slot Slot, steps int) []source {
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			break
		}
		key, _ := kv.Key.(*ast.Ident)
		field, ok := g.flow.ObjectOf(kv.Key).(*types.Var)
		if !ok || key == nil || !field.IsField() {
			continue
		}
		if named := flow.NamedOf(flow.TypeOf(g.flow.Info, lit)); named != nil && slotOf(named, key.Name) == slot {
			return g.sources(kv.Value, Slot{}, steps)
		}
		if of := flow.NamedOf(field.Type()); field.Embedded() && of != nil && slotOf(of, slot.Field) == slot {
			return g.sources(kv.Value, slot, steps)
		}
	}
	return []source{{}}
}

// made is what a call puts into a slot of its first result.
func (g *Given) made(call *ast.CallExpr, slot Slot, steps int) []source {
	if tv, ok := g.flow.Info.Types[call.Fun]; ok && tv.IsType() && len(call.Args) == 1 {
		return g.sources(call.Args[0], slot, steps)
	}
	var all []source
	for _, fn := range g.flow.Callees(call) {
		for _, s := range g.returned(fn, slot, steps) {
			of, i, ok := g.flow.Parameter(s.param)
			if !ok || of != fn || i >= len(call.Args) {
				all = append(all, s)
				continue
			}
			all = append(all, g.sources(call.Args[i], s.slot, steps)...)
		}
	}
	if fn := g.flow.Callee(call); fn != nil && fn.Pkg() != nil && fn.Pkg() != g.flow.Pass.Pkg {
		for _, m := range g.factsOf(fn.Pkg()).Makers {
			switch {
			case m.Name != flow.NameOf(fn) || m.Slot != slot:
			case m.Param < 0:
				all = append(all, source{handle: m.Handle})
			case m.Param < len(call.Args):
				all = append(all, g.sources(call.Args[m.Param], Slot{}, steps)...)
			}
		}
	}
	if len(all) == 0 {
		return []source{{}}
	}
	return all
}

// returned is what fn puts into a slot of its first result.
func (g *Given) returned(fn ast.Node, slot Slot, steps int) []source {
	var all []source
	for _, x := range g.flow.Returns(fn, 0) {
		if !g.flow.Info.Types[x].IsNil() {
			all = append(all, g.sources(x, slot, steps)...)
		}
	}
	return all
}

func (g *Given) variable(x ast.Expr, v *types.Var, slot Slot, steps int) []source {
	known, id := g.flow.Vars[v], (*ast.Ident)(nil)
	if i, ok := ast.Unparen(x).(*ast.Ident); ok {
		id = i
	}
	switch {
	case v.IsField():
		return g.field(v, slot, steps)
	case known == nil || known.Fn == nil && v.Exported():
		return []source{{}} // other packages may set it
	case known.Fn == nil || id == nil:
		return g.defined(known.Defs, slot, steps)
	}
	if known.Param >= 0 && len(known.Defs) == 0 {
		return []source{{param: v, slot: slot}}
	}
	return g.defined(g.flow.Definitions(id, v, known), slot, steps)
}

// field is what any struct of the package holds there. Other packages set
// exported fields, but seldom those that are embedded.
func (g *Given) field(v *types.Var, slot Slot, steps int) []source {
	known := g.flow.Vars[v]
	if known == nil || v.Exported() && !v.Embedded() && g.flow.NameOf(v) != "" {
		return []source{{}}
	}
	return g.defined(known.Defs, slot, steps)
}

func (g *Given) defined(defs []*flow.Def, slot Slot, steps int) []source {
	all := []source{}
	for _, d := range defs {
		if d.Kind != flow.DefValue || d.Expr == nil || d.Result != 0 {
			return []source{{}}
		}
		all = append(all, g.sources(d.Expr, slot, steps)...)
	}
	return all
}

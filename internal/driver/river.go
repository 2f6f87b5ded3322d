package driver

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/querymode"
)

// listenerLiterals reports pgxlisten's listeners at what opens the connection
// that they listen on, their field Connect.
func (s *scan) listenerLiterals() {
	for _, lit := range s.flow.Literals {
		if lit.Type == nil || !flow.IsNamed(s.info.TypeOf(lit), library.PgxlistenPath+".Listener") {
			continue
		}
		site := Site{Pos: lit.Type.Pos(), End: lit.Type.End(),
			Effect: effect.Effect{Kind: effect.Listener, Words: types.ExprString(lit.Type)}}
		if at := connection(lit); at != nil {
			site.Pos, site.End = at.Pos(), at.End()
		}
		s.add(site)
	}
}

// connection is what a listener's field Connect returns, or the field's value.
func connection(lit *ast.CompositeLit) ast.Node {
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := kv.Key.(*ast.Ident); !ok || key.Name != "Connect" {
			continue
		}
		if fn, ok := ast.Unparen(kv.Value).(*ast.FuncLit); ok && len(fn.Body.List) > 0 {
			if ret, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt); ok {
				return ret
			}
		}
		return kv.Key
	}
	return nil
}

// riverListens: a client that works queues listens, unless it is told to poll
// or its driver cannot.
func riverListens(s *scan, call *ast.CallExpr, site *Site) bool {
	if len(call.Args) != 2 {
		return false
	}
	if !flow.IsNamed(s.info.TypeOf(call.Args[0]), library.Riverpgxv5Path+".Driver") {
		return false
	}
	from := s.Origin(call.Args[1])
	s.Widen(from)
	for _, at := range s.SetOn(from, library.RiverPath, "PollOnly") {
		if v, known := querymode.ConstantOf(s.info, at.Value); !known || querymode.IsTrue(v) {
			return false
		}
	}
	if !hasField(s.flow.Callee(call).Pkg(), "Config", "PollOnly") {
		site.Remedy = "give river a direct connection"
	}
	site.Setting = &Setting{Key: "PollOnly", Call: call, Literal: s.literalOf(call.Args[1])}
	return len(s.SetOn(from, library.RiverPath, "Queues")) > 0
}

// hasField reports whether a struct of a package has a field, in the version
// that is linked.
func hasField(pkg *types.Package, owner, field string) bool {
	obj := pkg.Scope().Lookup(owner)
	if obj == nil {
		return false
	}
	found, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, field)
	return found != nil
}

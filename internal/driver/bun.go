package driver

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

const sendsSet = "pgdriver sends it as SET on every new connection"

// connParams reports each parameter of the map that the call gets.
func connParams(s *scan, call *ast.CallExpr, site *Site) bool {
	if len(call.Args) != 1 {
		return false
	}
	o := s.Origin(call.Args[0])
	found := s.connParamsOf(o)
	site.Why = sendsSet
	return !found && o.Unknown
}

// connParamsOf reports the keys of maps, and of what is put into them.
func (s *scan) connParamsOf(o *flow.Origin) bool {
	found := false
	add := func(key ast.Expr) {
		for _, t := range s.flow.AllTexts(key) {
			if t.IsHole() || !dsn.IsKey(t.Value) {
				continue
			}
			pos, end := s.rangeOf(t, key)
			found = true
			s.add(Site{Pos: pos, End: end, Why: sendsSet, Effect: effect.Effect{
				Kind: effect.ConnectSet, Object: t.Value, Words: t.Value + " in ConnParams"}})
		}
	}
	for _, m := range o.Made {
		if lit, ok := m.(*ast.CompositeLit); ok {
			for _, elt := range lit.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					add(kv.Key)
				}
			}
		}
	}
	for _, e := range s.Elements() {
		if _, holder := s.Root(e.Of); holder != nil && o.Held[holder] {
			add(e.Key)
		}
	}
	return found
}

// connParamsFields reports the maps that Config.ConnParams is set to.
func (s *scan) connParamsFields() {
	for _, at := range s.SetsOf("ConnParams") {
		if at.Field.Pkg() != nil && at.Field.Pkg().Path() == library.PgdriverPath {
			s.connParamsOf(s.Origin(at.Value))
		}
	}
}

func bunTemplate(_ *scan, _ *ast.CallExpr, site *Site) bool {
	site.Effect.Object, site.Value, site.Brief = "statement_timeout", "0", true
	return true
}

package driver

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/text"
)

// runtimeParams reports the startup parameters that code puts into a
// configuration, itself or through an alias of the map.
func (s *scan) runtimeParams() {
	for _, name := range library.RuntimeNames() {
		for _, at := range s.SetsOf(name) {
			if isRuntimeField(at.Field) {
				for _, m := range s.Origin(at.Value).Made {
					s.runtimeLiteral(m)
				}
			}
		}
	}
	for _, e := range s.Elements() {
		s.runtimeElement(e)
	}
	for _, call := range s.copies() {
		if s.isRuntimeMap(call.Args[0], map[*types.Var]bool{}) {
			for _, m := range s.Origin(call.Args[1]).Made {
				s.runtimeLiteral(m)
			}
		}
	}
}

func isRuntimeField(f *types.Var) bool {
	return f.IsField() && f.Pkg() != nil && library.Of(f.Pkg().Path()).Runtime == f.Name()
}

func (s *scan) runtimeLiteral(x ast.Expr) {
	lit, ok := x.(*ast.CompositeLit)
	if !ok {
		return
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			s.runtimeKey(kv.Key, kv.Value, nil)
		}
	}
}

// runtimeElement reports m[k] = v where m is such a map. Where map and key are
// parameters of a function, its calls tell.
func (s *scan) runtimeElement(e config.Element) {
	if s.isRuntimeMap(e.Of, map[*types.Var]bool{}) {
		s.runtimeKey(e.Key, e.Value, holderOf(e.Of))
		return
	}
	holder, ok := s.flow.ObjectOf(e.Of).(*types.Var)
	if !ok {
		return
	}
	fn, i, ok := s.flow.Parameter(holder)
	if !ok {
		return
	}
	for _, call := range s.flow.CallsOf(fn) {
		if i >= len(call.Args) || !s.isRuntimeMap(call.Args[i], map[*types.Var]bool{}) {
			continue
		}
		key := e.Key
		if k, ok := s.flow.ObjectOf(key).(*types.Var); ok {
			if of, j, ok := s.flow.Parameter(k); ok && of == fn && j < len(call.Args) {
				key = call.Args[j]
			}
		}
		s.runtimeKey(key, e.Value, holderOf(call.Args[i]))
	}
}

// isRuntimeMap reports whether x is a configuration's map, or a variable that
// is set to it or that it is set to. It has seen some already.
func (s *scan) isRuntimeMap(x ast.Expr, seen map[*types.Var]bool) bool {
	holder, ok := s.flow.ObjectOf(x).(*types.Var)
	if !ok || seen[holder] {
		return false
	}
	seen[holder] = true
	if isRuntimeField(holder) {
		return true
	}
	for _, d := range s.flow.ValuesOf(holder.Origin()) {
		if s.isRuntimeMap(d.Expr, seen) {
			return true
		}
	}
	for _, name := range library.RuntimeNames() {
		for _, at := range s.SetsOf(name) {
			if isRuntimeField(at.Field) && s.flow.ObjectOf(at.Value) == holder {
				return true
			}
		}
	}
	for _, call := range s.copies() {
		if s.flow.ObjectOf(call.Args[1]) == holder && s.isRuntimeMap(call.Args[0], seen) {
			return true
		}
	}
	return false
}

// copies are the calls of maps.Copy(dst, src).
func (s *scan) copies() []*ast.CallExpr {
	if s.mapCopies == nil {
		s.mapCopies = s.callsOf("maps", "Copy")
	}
	return s.mapCopies
}

// callsOf are the calls of a package's function of two parameters; never nil.
func (s *scan) callsOf(pkg, name string) []*ast.CallExpr {
	calls := []*ast.CallExpr{}
	for _, call := range s.flow.Calls() {
		if fn := s.flow.Callee(call); fn != nil && fn.Name() == name && fn.Pkg() != nil && fn.Pkg().Path() == pkg && len(call.Args) == 2 {
			calls = append(calls, call)
		}
	}
	return calls
}

// environment reports the parameters that code puts into PGOPTIONS, which the
// drivers read where the connection string has no options.
// https://www.postgresql.org/docs/current/libpq-envars.html
func (s *scan) environment() {
	for _, call := range s.callsOf("os", "Setenv") {
		if !s.readsEnvironment() {
			return
		}
		if name, ok := s.flow.OneText(call.Args[0]); !ok || name != "PGOPTIONS" {
			continue
		}
		for _, t := range s.flow.Everywhere(call.Args[1]) {
			s.options(dsn.Param{Key: "options", Value: t.Value}, Site{Pos: call.Pos(), End: call.End()}, "in PGOPTIONS")
		}
	}
}

// readsEnvironment: pgx v5 and lib/pq read PGOPTIONS, pgx v4 does not.
func (s *scan) readsEnvironment() bool {
	return s.importsAny(pgx5Path) || s.importsAny(pqPath) || s.requires(pgx5Path) || s.requires(pqPath)
}

// holderOf is the configuration that a map is a field of, or nil.
func holderOf(m ast.Expr) ast.Expr {
	if sel, ok := ast.Unparen(m).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// runtimeKey reports one startup parameter, of a configuration where that is
// seen.
func (s *scan) runtimeKey(key, value, of ast.Expr) {
	for _, t := range s.flow.AllTexts(key) {
		s.passesKey(t)
	}
	for _, t := range s.flow.Everywhere(key) {
		if t.IsHole() || !dsn.IsKey(t.Value) {
			continue
		}
		pos, end := s.rangeOf(t, key)
		if t.Value == "options" && value != nil {
			for _, v := range s.valueTexts(value) {
				s.options(dsn.Param{Key: "options", Value: v.Value}, Site{Pos: pos, End: end, Config: of}, "in RuntimeParams")
			}
			continue
		}
		site := Site{Pos: pos, End: end, Config: of, Effect: effect.Effect{
			Kind: effect.StartupParameter, Object: t.Value, Words: t.Value + " in RuntimeParams"}}
		if v := s.valueTexts(value); len(v) == 1 && !strings.Contains(v[0].Value, text.HoleText) {
			site.Value = v[0].Value
		}
		s.add(site)
	}
}

// valueTexts are what a parameter is set to; nil is not known.
func (s *scan) valueTexts(value ast.Expr) []text.Text {
	if value == nil {
		return nil
	}
	return s.flow.Everywhere(value)
}

// rangeOf is where a key stands: a variable's where its value does, as when a
// map is ranged over; anything else itself.
func (s *scan) rangeOf(t text.Text, x ast.Expr) (pos, end token.Pos) {
	_, isVar := s.flow.ObjectOf(x).(*types.Var)
	if pos, end, ok := t.Range(0, len(t.Value)); ok && (isVar || x.Pos() <= pos && end <= x.End()) {
		return pos, end
	}
	return x.Pos(), x.End()
}

package driver

import (
	"go/ast"
	"go/types"
)

// Connection strings are often put together with net/url: u.RawQuery =
// q.Encode(), q.Set(k, v), u.String().

// urlValues reports the keys that are set on the url.Values of the URL that x
// is the text of.
func (s *scan) urlValues(call *ast.CallExpr, x ast.Expr, d *driver) {
	for _, p := range s.urlParams(x) {
		s.parameter(d, p.Param, p.at.Pos(), p.at.End(), "in the connection string")
	}
}

// urlKeys are the keys set so.
func (s *scan) urlKeys(x ast.Expr) []string {
	var keys []string
	for _, p := range s.urlParams(x) {
		keys = append(keys, p.Key)
	}
	return keys
}

type urlParam struct {
	Param
	at ast.Expr
}

func (s *scan) urlParams(x ast.Expr) []urlParam {
	var ps []urlParam
	for _, m := range s.origin(x).made {
		call, ok := m.(*ast.CallExpr)
		if !ok || !s.isMethod(call, "net/url", "URL", "String") {
			continue
		}
		sel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		_, u := s.root(sel.X)
		if u == nil {
			continue
		}
		for _, at := range s.sets["RawQuery"] {
			if s.isURL(at.base, u) {
				ps = append(ps, s.encoded(at.value)...)
			}
		}
	}
	return ps
}

// isURL reports whether base is the URL u, or a literal that makes it.
func (s *scan) isURL(base ast.Expr, u *types.Var) bool {
	if _, holder := s.root(base); holder != nil {
		return holder == u
	}
	for _, d := range s.defs[u] {
		if x, _ := s.root(d.expr); x == base {
			return true
		}
	}
	return false
}

// encoded are the pairs of the url.Values that x encodes.
func (s *scan) encoded(x ast.Expr) []urlParam {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || !s.isMethod(call, "net/url", "Values", "Encode") {
		return nil
	}
	_, q := s.root(ast.Unparen(call.Fun).(*ast.SelectorExpr).X)
	if q == nil {
		return nil
	}
	var ps []urlParam
	add := func(key, value ast.Expr) {
		for _, k := range s.flow.Texts(key) {
			if !k.IsHole() && isKey(k.Value) {
				for _, v := range s.flow.Texts(value) {
					ps = append(ps, urlParam{Param{Key: k.Value, Value: v.Value}, key})
				}
			}
		}
	}
	for _, c := range s.flow.Calls() {
		if s.isMethod(c, "net/url", "Values", "Set", "Add") {
			if _, holder := s.root(ast.Unparen(c.Fun).(*ast.SelectorExpr).X); holder == q {
				add(c.Args[0], c.Args[1])
			}
		}
	}
	for _, e := range s.elements {
		if _, holder := s.root(e.of); holder == q {
			add(e.key, e.value)
		}
	}
	for _, d := range s.defs[q] {
		if lit, ok := ast.Unparen(d.expr).(*ast.CompositeLit); ok {
			for _, elt := range lit.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					add(kv.Key, kv.Value)
				}
			}
		}
	}
	return ps
}

// isMethod reports whether call is of one of the methods, by their selector.
func (s *scan) isMethod(call *ast.CallExpr, pkg, owner string, names ...string) bool {
	fn := s.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != pkg {
		return false
	}
	if _, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); !ok {
		return false
	}
	for _, name := range names {
		if nameOf(fn) == owner+"."+name {
			return true
		}
	}
	return false
}

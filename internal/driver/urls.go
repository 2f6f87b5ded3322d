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
		s.parameter(d, p.Param, Site{Pos: p.at.Pos(), End: p.at.End()}, "in the connection string")
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
	e := encodings{scan: s, seen: map[ast.Node]bool{}}
	e.in(x)
	return e.params
}

// encodings are the url.Values whose text is a part of a string.
type encodings struct {
	*scan
	params []urlParam
	seen   map[ast.Node]bool
}

// in looks for them in what x is put together from.
func (e *encodings) in(x ast.Expr) {
	if x == nil || e.seen[x] {
		return
	}
	e.seen[x] = true
	switch x := x.(type) {
	case *ast.ParenExpr:
		e.in(x.X)
	case *ast.BinaryExpr:
		e.in(x.X)
		e.in(x.Y)
	case *ast.CallExpr:
		e.call(x)
	case *ast.Ident, *ast.SelectorExpr:
		v, ok := e.object(x).(*types.Var)
		if !ok || v.Pkg() != e.pass.Pkg {
			return
		}
		for _, d := range e.defs(v.Origin()) {
			e.in(d.Expr)
		}
	}
}

// written are the pairs that a RawQuery has as text.
func (e *encodings) written(x ast.Expr) {
	for _, t := range e.flow.AllTexts(x) {
		var d DSN
		d.query(t.Value, 0)
		for _, p := range d.Params {
			e.params = append(e.params, urlParam{p, x})
		}
	}
}

func (e *encodings) call(x *ast.CallExpr) {
	switch {
	case e.isMethod(x, "net/url", "Values", "Encode"):
		e.params = append(e.params, e.encoded(x)...)
	case e.isMethod(x, "net/url", "URL", "String"):
		_, u := e.root(ast.Unparen(x.Fun).(*ast.SelectorExpr).X)
		for _, at := range e.setsOf("RawQuery") {
			if u != nil && e.isURL(at.base, u) {
				e.in(at.value)
				e.written(at.value)
			}
		}
	default:
		for _, fn := range e.flow.Callees(x) {
			for _, ret := range e.flow.Returns(fn, 0) {
				e.in(ret)
			}
		}
		if fn := e.flow.Callee(x); fn != nil && fn.Pkg() != nil && (fn.Pkg().Path() == "fmt" || fn.Pkg().Path() == "strings") {
			for _, arg := range x.Args {
				e.in(arg)
			}
		}
	}
}

// isURL reports whether base is the URL u, or a literal that makes it.
func (s *scan) isURL(base ast.Expr, u *types.Var) bool {
	if _, holder := s.root(base); holder != nil {
		return holder == u
	}
	for _, d := range s.defs(u) {
		if x, _ := s.root(d.Expr); x == base {
			return true
		}
	}
	return false
}

// encoded are the pairs of the url.Values that a call encodes.
func (s *scan) encoded(call *ast.CallExpr) []urlParam {
	x, q := s.root(ast.Unparen(call.Fun).(*ast.SelectorExpr).X)
	var ps []urlParam
	add := func(key, value ast.Expr) {
		for _, k := range s.flow.AllTexts(key) {
			if !k.IsHole() && isKey(k.Value) {
				for _, v := range s.flow.AllTexts(value) {
					ps = append(ps, urlParam{Param{Key: k.Value, Value: v.Value}, key})
				}
			}
		}
	}
	for _, c := range s.flow.Calls() {
		if len(c.Args) == 2 && s.isMethod(c, "net/url", "Values", "Set", "Add") {
			if _, holder := s.root(ast.Unparen(c.Fun).(*ast.SelectorExpr).X); holder == q && q != nil {
				add(c.Args[0], c.Args[1])
			}
		}
	}
	for _, e := range s.elements() {
		if _, holder := s.root(e.of); holder == q && q != nil {
			add(e.key, e.value)
		}
	}
	made := []ast.Expr{x}
	for _, d := range s.defs(q) {
		made = append(made, ast.Unparen(d.Expr))
	}
	for _, x := range made {
		if lit, ok := x.(*ast.CompositeLit); ok {
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

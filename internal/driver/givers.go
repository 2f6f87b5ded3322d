package driver

import (
	"go/ast"
	"go/types"
	"slices"
)

// A function that only passes a connection string on is no opening of its own:
// the calls that give it one are.

// giving is where a connection string, and perhaps the name of a driver, is
// given.
type giving struct {
	call      *ast.CallExpr
	dsn, name ast.Expr
}

// givings are where the code gives what call gets as dsn, and as name.
func (s *scan) givings(call *ast.CallExpr, dsn, name ast.Expr) []giving {
	return s.givenBy(giving{call, dsn, name}, map[ast.Node]bool{})
}

func (s *scan) givenBy(g giving, seen map[ast.Node]bool) []giving {
	fn, _, ok := s.passedOn(g.dsn)
	if !ok || seen[fn] {
		return []giving{g}
	}
	seen[fn] = true
	var all []giving
	for _, call := range s.flow.CallsOf(fn) {
		dsn, name := s.argument(g.dsn, fn, call), s.argument(g.name, fn, call)
		if dsn == nil {
			return []giving{g}
		}
		all = append(all, s.givenBy(giving{call, dsn, name}, seen)...)
	}
	delete(seen, fn)
	if !slices.ContainsFunc(all, func(by giving) bool { return by.name != g.name || s.isKnown(by.dsn) }) {
		return []giving{g} // callers elsewhere, or none that says more
	}
	return all
}

// isKnown reports whether anything of a connection string is known.
func (s *scan) isKnown(x ast.Expr) bool {
	return slices.ContainsFunc(s.connStrings(x), func(c connString) bool { return !c.text.IsHole() })
}

// passedOn is the function of which x is a parameter that it does not set.
func (s *scan) passedOn(x ast.Expr) (fn ast.Node, i int, ok bool) {
	if x == nil {
		return nil, 0, false
	}
	v, ok := s.flow.ObjectOf(x).(*types.Var)
	if !ok || len(s.flow.ValuesOf(v.Origin())) > 0 {
		return nil, 0, false
	}
	return s.flow.Parameter(v)
}

// argument is what a call of fn gives for x, where x is a parameter of fn: else
// x itself. It is nil where that is one of several.
func (s *scan) argument(x ast.Expr, fn ast.Node, call *ast.CallExpr) ast.Expr {
	of, i, ok := s.passedOn(x)
	if !ok || of != fn {
		return x
	}
	if i >= len(call.Args) || call.Ellipsis.IsValid() {
		return nil
	}
	return call.Args[i]
}

// A Cause is what several sites have in common, so that one finding is enough:
// the constant, variable, field or function that all of them take the
// connection string from. The zero Cause is that of one site alone.
type Cause struct {
	of  types.Object
	key string
}

// causeOf is that of a connection string or a configuration x.
func (s *scan) causeOf(x ast.Expr, key string) Cause {
	x = ast.Unparen(x)
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 0 {
		if fn := s.flow.Callee(call); fn != nil {
			return Cause{fn, key}
		}
	}
	switch obj := s.flow.ObjectOf(x).(type) {
	case *types.Const:
		return Cause{obj, key}
	case *types.Var:
		if obj.IsField() || len(s.flow.ValuesOf(obj.Origin())) <= 1 {
			return Cause{obj.Origin(), key}
		}
	}
	return Cause{}
}

package sqlflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// Sharing are the queries whose text holds the literal that byte off of t
// stands in: to edit it there is to edit all of them. It is false where the
// literal may serve something else too, so that nobody can say what an edit
// changes: it is returned, compared, printed, or other packages can name it.
func (f *SQL) Sharing(t text.Text, off int) ([]*Query, bool) {
	p := t.At(off)
	if p == nil || p.Lit == nil {
		return nil, false
	}
	s := served{sql: f, seen: map[types.Object]bool{}}
	var queries []*Query
	for _, q := range f.found().byLit[p.Lit] {
		queries = append(queries, q)
		for _, u := range q.Uses {
			s.nodes = append(s.nodes, u.Node)
		}
	}
	return queries, s.only(p.Lit)
}

// ServesOnly reports whether the literal that byte off of t stands in is for
// a call alone, in the same sense.
func (f *SQL) ServesOnly(t text.Text, off int, call *ast.CallExpr) bool {
	p := t.At(off)
	s := served{sql: f, nodes: []ast.Node{call}, seen: map[types.Object]bool{}}
	return p != nil && p.Lit != nil && s.only(p.Lit)
}

// ExprServesOnly reports whether an expression is for a call alone.
func (f *SQL) ExprServesOnly(x ast.Expr, call *ast.CallExpr) bool {
	s := served{sql: f, nodes: []ast.Node{call}, seen: map[types.Object]bool{}}
	return s.only(x)
}

// served looks whether an expression serves nothing but some nodes.
type served struct {
	sql   *SQL
	nodes []ast.Node
	seen  map[types.Object]bool
}

// only follows x up to the call that runs it, or to the variables that take
// it and all their uses.
func (s *served) only(x ast.Expr) bool {
	for _, n := range s.sql.Flow.PathTo(x) {
		if slices.Contains(s.nodes, n) {
			return true
		}
		switch n := n.(type) {
		case *ast.ValueSpec:
			return s.names(n.Names)
		case *ast.RangeStmt:
			return inside(n.X, x) && s.variables(n.Key, n.Value)
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				k := slices.IndexFunc(n.Rhs, func(r ast.Expr) bool { return inside(r, x) })
				return k < 0 || s.variables(n.Lhs[k]) // on the left x is assigned to
			}
			return s.variables(n.Lhs...)
		case *ast.ExprStmt: // b.WriteString(x), fmt.Fprintf(&b, x)
			call, ok := n.X.(*ast.CallExpr)
			return ok && s.written(call)
		case ast.Stmt, *ast.FuncLit:
			return false
		}
	}
	return false
}

func inside(outer, n ast.Node) bool { return outer.Pos() <= n.Pos() && n.End() <= outer.End() }

// written follows the builder or buffer that a call writes to.
func (s *served) written(call *ast.CallExpr) bool {
	to := call.Args
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
		to = append([]ast.Expr{sel.X}, to...)
	}
	for _, x := range to {
		if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
			x = u.X
		}
		v, _ := s.sql.Flow.ObjectOf(x).(*types.Var)
		if known := s.sql.Flow.Vars[v]; known != nil && slices.ContainsFunc(known.Defs, func(d *flow.Def) bool { return d.Node == call }) {
			return s.variables(x)
		}
	}
	return false
}

func (s *served) names(names []*ast.Ident) bool {
	return !slices.ContainsFunc(names, func(id *ast.Ident) bool { return !s.variables(id) })
}

// variables reports whether all uses of variables, or constants, are for the
// nodes.
func (s *served) variables(xs ...ast.Expr) bool {
	for _, x := range xs {
		if x == nil {
			continue
		}
		id, ok := x.(*ast.Ident)
		if !ok {
			return false // a field or an element
		}
		if id.Name == "_" {
			continue
		}
		obj := s.sql.Flow.Info.ObjectOf(id)
		if obj == nil || obj.Exported() && obj.Parent() == s.sql.Flow.Pass.Pkg.Scope() {
			return false
		}
		if s.seen[obj] {
			continue
		}
		s.seen[obj] = true
		for _, use := range s.sql.Flow.Namings(obj) {
			if !s.only(use) {
				return false
			}
		}
	}
	return true
}

package driver

import (
	"go/ast"
	"slices"

	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/text"
)

// Setting is where code says how queries are sent, or could say it.
type Setting struct {
	Key  string        // of the connection string: "default_query_exec_mode"
	Call *ast.CallExpr // the call that reads the connection string or opens the pool

	// The connection string, where there is exactly one that it can be.
	Text text.Text
	DSN  dsn.DSN

	Value   ast.Expr          // what says it now, in Go
	Literal *ast.CompositeLit // the configuration, where it is one

	Plain bool // all that is bound to its queries is in view, and is sent the same way in every mode
}

// IsSafe reports whether the connection string has a mode of pgx v5 that
// neither names nor splits statements.
func (s *Setting) IsSafe() bool {
	p, ok := s.DSN.Get("default_query_exec_mode")
	return ok && slices.Contains([]string{"cache_describe", "exec", "simple_protocol"}, p.Value)
}

// literalOf is the composite literal that x is made as, and nothing else.
func (s *scan) literalOf(x ast.Expr) *ast.CompositeLit {
	if made := s.Origin(x).Made; len(made) == 1 {
		lit, _ := made[0].(*ast.CompositeLit)
		return lit
	}
	return nil
}

// setting is that of a connection string x, which call reads or passes on: a
// string that is passed on may serve more than the opening.
func (s *scan) setting(d *driver, call *ast.CallExpr, x ast.Expr) *Setting {
	set := &Setting{Key: d.Mode, Call: call}
	if s.rowOf(s.flow.Callee(call)) == nil {
		return set
	}
	if cs := s.connStrings(x); len(cs) == 1 {
		set.Text, set.DSN = cs[0].text, cs[0].DSN
	}
	return set
}

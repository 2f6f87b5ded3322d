package hooks

import (
	"go/ast"
	"go/token"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

// Who changes the session does not depend on who is asked first: not in a
// circle of calls, nor at the end of a long way.
func TestNearest(t *testing.T) {
	set, lock := &change{effect: effect.Effect{Object: "set"}, pos: 5}, &change{effect: effect.Effect{Object: "lock"}, pos: 500}
	a, b, c, d, e := fnAt(1), fnAt(20), fnAt(40), fnAt(60), fnAt(80)
	calls := map[ast.Node][]step{
		a: {{change: set}, {fns: []ast.Node{b}}}, // a and b call each other
		b: {{fns: []ast.Node{a}}, {fns: []ast.Node{d}}},
		c: {{fns: []ast.Node{b}}},
		d: {{change: lock}},
		e: {{fns: []ast.Node{e}}}, // nothing but itself
	}
	far := map[ast.Node]int{a: 0, b: 1, c: 2, d: 0}
	all := &changes{calls: calls, far: far}
	for fn, want := range map[ast.Node]*change{a: set, b: set, c: set, d: lock, e: nil} {
		if got := all.nearest(fn); got != want {
			t.Errorf("function at %d: %v, want %v", fn.Pos(), got, want)
		}
	}
}

func fnAt(pos token.Pos) ast.Node {
	return &ast.FuncDecl{Name: &ast.Ident{NamePos: pos}, Type: &ast.FuncType{Func: pos}, Body: &ast.BlockStmt{Lbrace: pos, Rbrace: pos + 9}}
}

package sqlflow

import (
	"go/ast"
	"go/token"
	"slices"
)

// found is where queries are looked up, once all are there.
type found struct {
	byLit map[*ast.BasicLit][]*Query // those whose text holds it
	last  map[runsIn]token.Pos       // where the last of them begins
}

// runsIn are what a function runs on handles of a kind.
type runsIn struct {
	decl *ast.FuncDecl
	on   Handle
}

// GoesOn reports whether a later statement of the declared function that n stands
// in runs on a handle of a kind.
func (f *SQL) GoesOn(n ast.Node, on Handle) bool {
	decl := f.Flow.Function(n)
	return decl != nil && f.found().last[runsIn{decl, on}] > n.End()
}

func (f *SQL) found() *found {
	if f.index != nil {
		return f.index
	}
	f.index = &found{byLit: map[*ast.BasicLit][]*Query{}, last: map[runsIn]token.Pos{}}
	for _, q := range f.Queries {
		for _, p := range q.Text.Pieces {
			if p.Lit != nil && !slices.Contains(f.index.byLit[p.Lit], q) {
				f.index.byLit[p.Lit] = append(f.index.byLit[p.Lit], q)
			}
		}
		for _, u := range q.Uses {
			if decl := f.Flow.Function(u.Node); decl != nil {
				key := runsIn{decl, u.Handle}
				f.index.last[key] = max(f.index.last[key], u.Node.Pos())
			}
		}
	}
	return f.index
}

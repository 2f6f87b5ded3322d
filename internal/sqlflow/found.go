package sqlflow

import (
	"go/ast"
	"go/token"
	"slices"
)

// found is where queries are looked up, once all are there.
type found struct {
	byLit      map[*ast.BasicLit][]*Query  // those whose text holds it
	lastOnConn map[*ast.FuncDecl]token.Pos // of what the function runs on a connection
}

func (f *SQL) found() *found {
	if f.index != nil {
		return f.index
	}
	f.index = &found{byLit: map[*ast.BasicLit][]*Query{}, lastOnConn: map[*ast.FuncDecl]token.Pos{}}
	for _, q := range f.Queries {
		for _, p := range q.Text.Pieces {
			if p.Lit != nil && !slices.Contains(f.index.byLit[p.Lit], q) {
				f.index.byLit[p.Lit] = append(f.index.byLit[p.Lit], q)
			}
		}
		for _, u := range q.Uses {
			if u.Handle != Conn {
				continue
			}
			if decl := f.Flow.Function(u.Node); decl != nil {
				f.index.lastOnConn[decl] = max(f.index.lastOnConn[decl], u.Node.Pos())
			}
		}
	}
	return f.index
}

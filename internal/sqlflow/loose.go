package sqlflow

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// Loose are the texts that reach no sink that is known: what constants and
// variables of this package hold, and the .sql files that it embeds.
func (f *SQL) Loose() []text.Text {
	seen := map[ast.Node]bool{}
	for _, q := range f.Queries {
		for _, p := range q.Text.Pieces {
			seen[p.Node] = true
		}
	}
	var xs []ast.Expr
	add := func(x ast.Expr) {
		if tv := f.Flow.Info.Types[x]; tv.Value != nil && tv.Value.Kind() == constant.String {
			xs = append(xs, x)
		}
	}
	for _, x := range f.Flow.Consts {
		add(x)
	}
	for _, v := range f.Flow.Vars {
		for _, d := range v.Defs {
			if d.Kind == flow.DefValue {
				add(d.Expr)
			}
		}
	}
	slices.SortFunc(xs, func(a, b ast.Expr) int { return cmp.Compare(a.Pos(), b.Pos()) })
	var ts []text.Text
	for _, x := range xs {
		for _, t := range f.Flow.Texts(x) {
			if !slices.ContainsFunc(t.Pieces, func(p text.Piece) bool { return seen[p.Node] }) {
				ts = append(ts, t)
			}
		}
	}
	// Of a file system that is read as far as can be seen, the rest is not run.
	for _, v := range f.Flow.Files.Own {
		name := f.Flow.Files.Of(v).Name
		if !slices.ContainsFunc(f.Queries, func(q *Query) bool { return isEmbeddedBy(q.Text, name) }) {
			ts = append(ts, f.Flow.Files.Under(v, ".")...)
		}
	}
	slices.SortStableFunc(ts, func(a, b text.Text) int { return cmp.Or(cmp.Compare(pos(a), pos(b)), cmp.Compare(a.Value, b.Value)) })
	return slices.CompactFunc(ts, text.Text.Same)
}

func isEmbeddedBy(t text.Text, name *ast.Ident) bool {
	return slices.ContainsFunc(t.Pieces, func(p text.Piece) bool { return p.File != nil && p.File.Pattern == name })
}

func pos(t text.Text) token.Pos {
	if n := t.First(); n != nil {
		return n.Pos()
	}
	return token.NoPos
}

package sqlflow

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"
)

// Loose are the texts that reach no sink that is known: what constants and
// variables of this package hold, and the .sql files that it embeds.
func (f *Flow) Loose() []Text {
	seen := map[ast.Node]bool{}
	for _, q := range f.Queries {
		for _, p := range q.Text.pieces {
			seen[p.node] = true
		}
	}
	var xs []ast.Expr
	add := func(x ast.Expr) {
		if tv := f.info.Types[x]; tv.Value != nil && tv.Value.Kind() == constant.String {
			xs = append(xs, x)
		}
	}
	for _, x := range f.consts {
		add(x)
	}
	for _, v := range f.vars {
		for _, d := range v.defs {
			if d.kind == defValue {
				add(d.expr)
			}
		}
	}
	slices.SortFunc(xs, func(a, b ast.Expr) int { return cmp.Compare(a.Pos(), b.Pos()) })
	var ts []Text
	for _, x := range xs {
		for _, t := range f.texts(x) {
			if !slices.ContainsFunc(t.pieces, func(p piece) bool { return seen[p.node] }) {
				ts = append(ts, t)
			}
		}
	}
	// Of a file system that is read as far as can be seen, the rest is not run.
	for _, v := range f.files.own {
		name := f.files.of(v).name
		if !slices.ContainsFunc(f.Queries, func(q *Query) bool { return q.Text.embeddedBy(name) }) {
			ts = append(ts, f.files.under(v, ".")...)
		}
	}
	slices.SortStableFunc(ts, func(a, b Text) int { return cmp.Or(cmp.Compare(pos(a), pos(b)), cmp.Compare(a.Value, b.Value)) })
	return slices.CompactFunc(ts, Text.same)
}

func (t Text) embeddedBy(name *ast.Ident) bool {
	return slices.ContainsFunc(t.pieces, func(p piece) bool { return p.file != nil && p.file.Pattern == name })
}

func pos(t Text) token.Pos {
	if n := t.node(); n != nil {
		return n.Pos()
	}
	return token.NoPos
}

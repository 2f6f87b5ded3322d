package analyzer

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/behind"
	directives "github.com/poolvet/poolvet/internal/directive"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// directive is one and what it holds for: its line and the next, the declaration
// that it documents, its file where it stands above the package clause, and the
// package where it documents the package clause; in SQL what directive.InSQL
// says.
type directive struct {
	*directives.Directive
	pos, end token.Pos

	from, to token.Pos // what it holds for; all of the package if neither is valid
	used     bool
	claim    *behind.Claim // of one that names a pooler
	shownAt  ast.Node      // in Go, of one in an embedded file
}

// directivesOf reads those of a package, and what is meant as one.
func directivesOf(pass *analysis.Pass) []*directive {
	var ds []*directive
	for _, file := range pass.Files {
		for _, group := range file.Comments {
			for _, c := range group.List {
				// analysistest's expectations stand in the same comment.
				text, _, _ := strings.Cut(c.Text, " // want ")
				if parsed := directives.Parse(text, directives.Go, isRule); parsed != nil {
					d := &directive{Directive: parsed, pos: c.Pos(), end: c.End()}
					d.from, d.to = directives.Extent(pass.Fset, file, group, c)
					d.claims(d.to == file.FileEnd && d.from == file.FileStart || !d.from.IsValid())
					ds = append(ds, d)
				}
			}
		}
	}
	return ds
}

// directivesIn are those in the SQL of a package, in files that it embeds and in
// its own strings.
func directivesIn(sql *sqlflow.SQL) (ds []*directive) {
	seen := map[token.Pos]bool{}
	for _, q := range sql.Queries {
		for _, in := range directives.InSQL(q.Text.Value, isRule) {
			pos, end, ok := q.Text.Range(in.Start, in.End)
			from, to, held := q.Text.Range(in.From, in.To)
			if ok && held && !seen[pos] {
				seen[pos] = true
				d := &directive{Directive: in.Directive, pos: pos, end: end, from: from, to: to}
				d.claims(false)
				if len(q.Uses) > 0 {
					d.shownAt = shownAt(q.Text.File(in.Start), &q.Uses[0])
				}
				ds = append(ds, d)
			}
		}
	}
	return ds
}

// claims makes the claim of a directive that names a pooler.
func (d *directive) claims(wide bool) {
	if d.Pooler != "" && d.Problem == "" {
		d.claim = &behind.Claim{Pooler: d.Pooler, From: d.from, To: d.to, Wide: wide}
	}
}

func claimsOf(ds []*directive) (all []*behind.Claim) {
	for _, d := range ds {
		if d.claim != nil {
			all = append(all, d.claim)
		}
	}
	return all
}

// isUsed reports whether d changed anything.
func (d *directive) isUsed() bool { return d.used || d.claim != nil && d.claim.Used }

func isRule(id string) bool { return LookupRule(id) != nil }

// covers reports whether d holds at any of the positions.
func (d *directive) covers(at ...token.Pos) bool {
	if !d.from.IsValid() {
		return true
	}
	return slices.ContainsFunc(at, func(p token.Pos) bool { return d.from <= p && p <= d.to })
}

// silences reports whether a directive that is right silences what is said at pos.
func (r *report) silences(pos token.Pos) bool {
	return slices.ContainsFunc(r.directives, func(d *directive) bool {
		return d.Verb == "ignore" && d.Problem == "" && d.covers(pos)
	})
}

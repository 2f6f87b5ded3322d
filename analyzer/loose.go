package analyzer

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/text"
)

// Shown is the fact of a package: the constants and variables whose text is
// reported where it stands, as the package exports them and names them nowhere.
// Where another package runs one, nothing is said again.
type Shown struct{ Names []string }

func (*Shown) AFact() {}

func (s *Shown) String() string { return fmt.Sprintf("shown(%d)", len(s.Names)) }

// looseTexts reports session SQL that nothing is seen to run, where it cannot
// be prose. In real code files that are embedded are run, and statements that
// are made for other packages; another constant or variable that reaches no sink
// is a dump, a template or a word to compare with, so that these are for those
// who ask (docs/unseen.md).
func (r *report) looseTexts() {
	var shown Shown
	for _, t := range r.loose() {
		if !session.Gate(t.Value) || r.elsewhere(t) {
			continue
		}
		name := ""
		if t.File(0) == nil {
			if name = r.forOthers(t); name == "" && !r.Strict || !session.LooksLikeSQL(t.Value) {
				continue
			}
		}
		a := session.Analyze(t.Value)
		if t.File(0) != nil && !a.Parsed && !r.imported().IsPostgres() {
			continue // a .sql file, for another database perhaps
		}
		if name != "" {
			shown.Names = append(shown.Names, name)
		}
		for _, e := range a.Effects {
			e.Undone = e.Undone && t.File(0) == nil // statements of a file may be run by themselves
			r.effect(&sqlflow.Query{Text: t}, nil, e)
		}
	}
	if len(shown.Names) > 0 {
		slices.Sort(shown.Names)
		shown.Names = slices.Compact(shown.Names)
		r.pass.ExportPackageFact(&shown)
	}
}

// forOthers is the name of the exported constant or variable that is t as a
// whole, where the package itself names it nowhere: it is there for others to
// run. "" for any other text.
func (r *report) forOthers(t text.Text) string {
	x, ok := t.Node(0).(ast.Expr)
	if !ok || r.pass.Pkg.Name() == "main" {
		return ""
	}
	name := r.declaredAs(x)
	if name == nil || !name.IsExported() || r.pass.TypesInfo.Defs[name] == nil || len(r.flow.Namings(r.pass.TypesInfo.Defs[name])) > 0 {
		return ""
	}
	return name.Name
}

// declaredAs is the constant or variable of the package that x is the value of, nil
// for none.
func (r *report) declaredAs(x ast.Expr) *ast.Ident {
	for _, file := range r.pass.Files {
		if x.Pos() < file.FileStart || file.FileEnd <= x.Pos() {
			continue
		}
		i, _ := slices.BinarySearchFunc(file.Decls, x.End(), func(d ast.Decl, end token.Pos) int { return cmp.Compare(d.End(), end) })
		if i == len(file.Decls) {
			return nil
		}
		g, ok := file.Decls[i].(*ast.GenDecl)
		if !ok {
			return nil
		}
		i, _ = slices.BinarySearchFunc(g.Specs, x.End(), func(s ast.Spec, end token.Pos) int { return cmp.Compare(s.End(), end) })
		if i == len(g.Specs) {
			return nil
		}
		if v, ok := g.Specs[i].(*ast.ValueSpec); ok && len(v.Names) == len(v.Values) {
			if i := slices.Index(v.Values, x); i >= 0 {
				return v.Names[i]
			}
		}
	}
	return nil
}

// isShown reports whether n names a text of another package that is reported
// there.
func (r *report) isShown(n ast.Node) bool {
	x, ok := n.(ast.Expr)
	if !ok {
		return false
	}
	obj := r.flow.ObjectOf(x)
	var fact Shown
	if obj == nil || obj.Pkg() == nil || obj.Pkg() == r.pass.Pkg || obj.Parent() != obj.Pkg().Scope() || !r.pass.ImportPackageFact(obj.Pkg(), &fact) {
		return false
	}
	_, found := slices.BinarySearch(fact.Names, obj.Name())
	return found
}

package analyzer

import (
	"fmt"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/physical"
	"github.com/poolvet/poolvet/internal/schema"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Defined is the fact of a package: what its SQL defines that leaves something
// in the session when it is called, and what that of its imports does.
type Defined struct{ Definitions []schema.Definition }

func (*Defined) AFact() {}

func (d *Defined) String() string { return fmt.Sprintf("defined(%d)", len(d.Definitions)) }

// routines reports what a statement leaves in the session by what it calls or
// sets off, as the repository's own SQL defines it: the statement does not show
// it, to a pooler or to a reader.
func (r *report) routines(q *sqlflow.Query, uses []sqlflow.Use) {
	if q.Mode != sqlflow.Statement || !r.defined().Names(q.Text.Value) {
		return
	}
	for _, call := range schema.CallsIn(q.Text.Value) {
		for _, e := range r.defined().Does(call) {
			e.Body, e.Start, e.End = effect.Called, call.Start, call.End
			e.Way.From = call.Words
			leaves := uses
			if e.LocalParam != "" { // which a value decides that is bound
				leaves = slices.DeleteFunc(slices.Clone(uses), func(u sqlflow.Use) bool { return e.Bind(u.Bound).Local != effect.False })
				if len(leaves) == 0 {
					continue
				}
			}
			r.effect(q, leaves, e)
		}
	}
}

// definedIn is what the SQL files define of which the settings tell, the packages
// that are imported, and the statements of this package; without such files
// those that it embeds stand for them.
func definedIn(s *settings, sql *sqlflow.SQL) *schema.Schema {
	var files, statements []schema.Source
	for _, q := range sql.Queries {
		ofFile := q.Text.File(0) != nil
		if ofFile && len(s.Schema) > 0 || !ofFile && q.Mode != sqlflow.Statement || !schema.MayDefine(q.Text.Value) {
			continue
		}
		start, _, ok := q.Text.Range(0, len(q.Text.Value))
		if !ok {
			continue
		}
		at := physical.Position(sql.Flow.Pass.Fset, start)
		source := schema.Source{Name: inModule(sql.Flow.Pass, at.Filename), Path: at.Filename, Text: q.Text.Value, Before: at.Line - 1}
		if ofFile {
			files = append(files, source)
		} else {
			statements = append(statements, source)
		}
	}
	defined := new(schema.Schema)
	if len(s.Schema) > 0 {
		defined = s.schema()
	}
	var imported []schema.Definition
	for _, pkg := range sql.Flow.Pass.Pkg.Imports() {
		var fact Defined
		if sql.Flow.Pass.ImportPackageFact(pkg, &fact) {
			imported = append(imported, fact.Definitions...)
		}
	}
	defined = defined.With(imported, schema.InOrder(files)).With(nil, statements)
	if len(imported)+len(files)+len(statements) > 0 {
		if fact := (&Defined{defined.Definitions()}); len(fact.Definitions) > 0 && len(s.Schema) == 0 {
			sql.Flow.Pass.ExportPackageFact(fact)
		}
	}
	return defined
}

// inModule names a file of the package from the module's root, which is how the
// command names it that runs there.
func inModule(pass *analysis.Pass, file string) string {
	first := physical.Position(pass.Fset, pass.Files[0].FileStart).Filename
	name, err := filepath.Rel(filepath.Dir(first), file)
	if err != nil || pass.Module == nil || pass.Module.Path == "" {
		return filepath.Base(file)
	}
	pkg := pass.Pkg.Path()
	if strings.HasSuffix(pass.Pkg.Name(), "_test") {
		pkg = strings.TrimSuffix(pkg, "_test")
	}
	folder := strings.TrimPrefix(strings.TrimPrefix(pkg, pass.Module.Path), "/")
	return path.Join(folder, filepath.ToSlash(name))
}

// Related is a place that a finding leads to.
type Related struct {
	Pos     token.Pos
	Message string
}

// related are the places on the way to an effect, as far as their files can be
// read.
func (r *report) related(e effect.Effect) (all []Related) {
	if e.Way == nil {
		return nil
	}
	for _, step := range e.Way.Steps {
		if pos := r.stepPos(step); pos.IsValid() {
			all = append(all, Related{pos, step.Says()})
		}
	}
	return all
}

// stepPos is where a step stands, in a file that is added to the file set where
// it is not of the package.
func (r *report) stepPos(step effect.Step) token.Pos {
	file := r.steps[step.Path]
	if file == nil {
		file = physical.File(r.pass.Fset, step.Path)
		if r.steps == nil {
			r.steps = map[string]*token.File{}
		}
		r.steps[step.Path] = file
	}
	if file == nil || step.Line < 1 || step.Line > file.LineCount() {
		return token.NoPos
	}
	pos := file.LineStart(step.Line)
	return min(pos+token.Pos(max(step.Column, 1)-1), token.Pos(file.Base()+file.Size()))
}

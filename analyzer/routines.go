package analyzer

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/physical"
	"github.com/poolvet/poolvet/internal/schema"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// routines reports the calls, in a statement, of functions that the
// repository's own SQL defines and that change the session: the statement does
// not show it, to a pooler or to a reader.
func (r *report) routines(q *sqlflow.Query, uses []sqlflow.Use) {
	if q.Mode != sqlflow.Statement || !r.defined().Names(q.Text.Value) {
		return
	}
	for _, call := range session.Calls(q.Text.Value) {
		for _, hit := range r.defined().Does(call) {
			e := hit.Effect
			e.Body, e.Start, e.End = effect.Called, call.Start, call.End
			name, _, _ := strings.Cut(q.Text.Value[call.Start:call.End], "(")
			e.Call, e.Way = name+"(…)", wayTo(hit)
			r.effect(q, uses, e)
		}
	}
}

// definedIn are the routines that the SQL files define of which the settings
// tell, and the statements of the package; without such files those that it
// embeds stand for them.
func definedIn(s *settings, sql *sqlflow.SQL) *schema.Schema {
	var files, statements []schema.Source
	for _, q := range sql.Queries {
		ofFile := q.Text.File(0) != nil
		if ofFile && len(s.Schema) > 0 || !ofFile && q.Mode != sqlflow.Statement || !schema.Defines(q.Text.Value) {
			continue
		}
		start, _, ok := q.Text.Range(0, len(q.Text.Value))
		if !ok {
			continue
		}
		at := physical.Position(sql.Flow.Pass.Fset, start)
		source := schema.Source{Name: filepath.Base(at.Filename), Text: q.Text.Value, Before: at.Line - 1}
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
	return defined.With(schema.InOrder(files)).With(statements)
}

// wayTo says by what a call changes the session, and where that stands.
func wayTo(hit schema.Hit) string {
	var way string
	for _, through := range hit.Through {
		way += "calls " + through + ", which "
	}
	return fmt.Sprintf("%sruns %s at %s:%d", way, hit.Effect.Words, hit.File, hit.Line)
}

package sqlflow

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/text"
)

// Edit is the edit that Text.Edit says, but in generated files.
func (f *SQL) Edit(t text.Text, start, end int, with string) (analysis.TextEdit, bool) {
	lit, pos, stop, words, ok := t.Edit(start, end, with)
	if !ok {
		return analysis.TextEdit{}, false
	}
	file := f.Flow.FileOf(lit)
	if file == nil || ast.IsGenerated(file) {
		return analysis.TextEdit{}, false
	}
	return analysis.TextEdit{Pos: pos, End: stop, NewText: []byte(words)}, true
}

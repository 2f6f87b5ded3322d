package sqlflow

import (
	"go/ast"
	"slices"

	"github.com/poolvet/poolvet/internal/text"
	"golang.org/x/tools/go/analysis"
)

// Edit is the edit that Text.Edit says, but in generated files.
func (f *Flow) Edit(t text.Text, start, end int, with string) (analysis.TextEdit, bool) {
	lit, pos, stop, words, ok := t.Edit(start, end, with)
	if !ok {
		return analysis.TextEdit{}, false
	}
	file := f.fileOf(lit)
	if file == nil || ast.IsGenerated(file) {
		return analysis.TextEdit{}, false
	}
	return analysis.TextEdit{Pos: pos, End: stop, NewText: []byte(words)}, true
}

func (f *Flow) fileOf(n ast.Node) *ast.File {
	i := slices.IndexFunc(f.pass.Files, func(file *ast.File) bool { return file.FileStart <= n.Pos() && n.Pos() < file.FileEnd })
	if i < 0 {
		return nil
	}
	return f.pass.Files[i]
}

package analyzer

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/library"
)

// isTest reports whether pos is in a test, or in a helper for tests, which the
// options leave out.
func (r *report) isTest(pos token.Pos) bool {
	file := r.file(pos)
	if r.Tests || file == nil {
		return false
	}
	return strings.HasSuffix(r.pass.Fset.PositionFor(file.FileStart, false).Filename, "_test.go") ||
		slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
			path, _ := strconv.Unquote(spec.Path.Value)
			return library.ServesTests(path)
		})
}

package concern

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/library"
)

// Test reports whether a file is a test, or a helper for tests.
func Test(fset *token.FileSet, file *ast.File) bool {
	return strings.HasSuffix(fset.PositionFor(file.FileStart, false).Filename, "_test.go") ||
		slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
			path, _ := strconv.Unquote(spec.Path.Value)
			return library.ServesTests(path)
		})
}

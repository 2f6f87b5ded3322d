package analyzer

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// isTest reports whether pos is in a test, or in a helper for tests, which the
// options leave out.
func (r *report) isTest(pos token.Pos) bool {
	file := r.file(pos)
	if r.Tests || file == nil {
		return false
	}
	return strings.HasSuffix(r.pass.Fset.PositionFor(file.FileStart, false).Filename, "_test.go") ||
		slices.ContainsFunc(file.Imports, servesTests)
}

// servesTests: what imports testing runs in tests, whatever its file is called.
func servesTests(spec *ast.ImportSpec) bool {
	path, _ := strconv.Unquote(spec.Path.Value)
	return slices.ContainsFunc(testLibraries, func(lib string) bool {
		return path == lib || strings.HasPrefix(path, lib+"/")
	})
}

// testLibraries are testing, the packages below it, what is written for tests
// alone and imports it, and what starts a server of one's own, which no pooler
// stands before.
var testLibraries = []string{
	"testing",
	"github.com/DATA-DOG/go-sqlmock",
	"github.com/fergusstrange/embedded-postgres",
	"github.com/frankban/quicktest",
	"github.com/golang/mock/gomock",
	"github.com/onsi/ginkgo",
	"github.com/onsi/gomega",
	"github.com/ory/dockertest",
	"github.com/pashagolub/pgxmock",
	"github.com/peterldowns/pgtestdb",
	"github.com/stretchr/testify",
	"github.com/testcontainers/testcontainers-go",
	"go.uber.org/mock/gomock",
	"gopkg.in/check.v1",
	"gotest.tools",
}

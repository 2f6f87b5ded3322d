package library

import (
	"slices"
	"strings"
)

// ServesTests reports whether a package is for tests: what imports it runs in
// tests, whatever its file is called.
func ServesTests(path string) bool {
	return slices.ContainsFunc(testLibraries, func(lib string) bool { return path == lib || strings.HasPrefix(path, lib+"/") })
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

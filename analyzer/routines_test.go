package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// A call of a function is what the repository's migrations say that it does.
func TestRoutines(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer", Rules: []string{"hidden-state"}, Schema: []string{"../testdata/routines/migrations"}}, "want", "routines")
}

// What a package defines, those know that import it.
func TestRoutinesOfImports(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer", Rules: []string{"hidden-state"}}, "want", "imported")
}

package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// What a handle was opened for, and a branch on a dialect's name, decide
// whether SQL is PostgreSQL's. The openings have rules of their own.
func TestDialects(t *testing.T) {
	rules := []string{"set-role", "set-parameter", "temp-object"}
	checkWants(t, analyzer.Options{Rules: rules}, "want", "dialects")
}

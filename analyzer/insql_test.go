package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// Directives in SQL, of strings and of embedded files.
func TestDirectivesInSQL(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer"}, "want", "insql")
}

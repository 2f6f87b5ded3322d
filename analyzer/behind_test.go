package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// One repository is behind several poolers: by patterns, by servers, and by what
// is said of a field, a variable, a function that makes a pool, a file or a line.
func TestSeveralPoolers(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "rdsproxy,./behind/analytics/...=pgbouncer@1.21,./behind/jobs=none,host:db-direct.internal=none"}, "want", "behind")
}

package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// What a connection string is by default is not what it is: the operator may
// give another.
func TestDefaults(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.18"}, "want", "defaults")
}

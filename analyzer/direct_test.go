package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// What is said of a field, a variable or a function that makes a pool is said
// of the pool, in other packages too.
func TestDirectFollowsThePool(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.18"}, "want", "direct")
}

package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// One cause, one finding: a statement that a hook runs is reported where it
// stands, and names the hook.
func TestHooks(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.26", Rules: []string{"set-parameter", "set-role"}}, "want", "hooks")
}

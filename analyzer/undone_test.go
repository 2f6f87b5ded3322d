package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// What is undone on the same connection is no leak. RDS Proxy has pinned by
// then.
func TestUndone(t *testing.T) {
	for _, pooler := range []string{"rdsproxy", "pgbouncer"} {
		checkWants(t, analyzer.Options{Pooler: pooler}, pooler, "undone")
	}
}

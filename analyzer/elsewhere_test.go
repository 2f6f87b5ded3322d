package analyzer_test

import (
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// What one package makes, another opens or runs, and a third puts together is
// reported where it is put together.
func TestElsewhere(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.26"}, "want", "elsewhere")
}

// A configuration that one package makes and another opens is judged where it
// is made, unless a function that gets it sets its mode or is not known.
func TestConfigurationsElsewhere(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.18"}, "want", "configs")
}

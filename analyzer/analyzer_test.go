package analyzer_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/poolvet/poolvet/analyzer"
)

// All folders in one load: most of the time goes into type-checking the
// libraries, from source.
func TestRules(t *testing.T) {
	analysistest.Run(t, "../testdata", analyzer.New(analyzer.Options{}),
		"./set-parameter/...", "./set-role/...", "./discard/...", "./sql-prepare/...", "./listen/...", "./cursor/...",
		"./temp-object/...", "./load-library/...", "./session-lock/...", "./sequence-state/...", "./long-statement/...",
		"./hidden-state/...", "./local-outside-tx/...", "./open-transaction/...")
}

// The command's own loader, which takes the libraries' types from export data,
// leads to the same, and in a tenth of the time.
func TestRulesByOwnLoader(t *testing.T) {
	checkWants(t, analyzer.Options{}, "want", `set-parameter set-role discard sql-prepare listen cursor temp-object load-library
		session-lock sequence-state long-statement hidden-state local-outside-tx open-transaction`)
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.18"}, "want", `named-statement split-statement startup-parameter
		connect-set listener migration-lock dead-option remedies`)
	checkWants(t, analyzer.Options{Strict: true}, "want", "strict")
}

// In statement mode no transaction can be begun, however.
func TestStatementMode(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer-statement"}, "want", "statement-mode")
}

// What pgx v4 removes from its cache fails behind each PgBouncer, for those who ask.
func TestEvictions(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer", Strict: true}, "want", "strict-pgbouncer")
}

// What is contested or inferred is reported when it is asked for, and else not.
func TestStrict(t *testing.T) {
	analysistest.Run(t, "../testdata", analyzer.New(analyzer.Options{Strict: true}), "./strict/...")
	each(t, analyzer.Options{}, "strict", func(_ string, _ int, f analyzer.Finding) {
		t.Errorf("without -strict: %s", f.Message)
	})
}

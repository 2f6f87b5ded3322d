package session

import (
	"testing"
	"time"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/testmod"
)

func regressStatements(tb testing.TB) []string {
	tb.Helper()
	statements, err := testmod.Regression("postgres_regress")
	if err != nil {
		tb.Fatal(err)
	}
	return statements
}

func TestPostgresRegressionStatements(t *testing.T) {
	statements := regressStatements(t)
	if len(statements) < 10_000 {
		t.Fatalf("only %d statements", len(statements))
	}
	kinds, unparsed := map[effect.Kind]int{}, 0
	start := clock()
	for _, text := range statements {
		a := analyze(text)
		checkRanges(t, text, a)
		if !a.Parsed {
			unparsed++
		}
		for _, e := range a.Effects {
			kinds[e.Kind]++
			if !Gate(text) {
				t.Errorf("the gate keeps out %q", text)
			}
		}
	}
	took := clock() - start
	t.Logf("%d statements in %v, %d not parsed: %v", len(statements), took, unparsed, kinds)
	if took > 4*time.Second {
		t.Errorf("%d statements took %v", len(statements), took)
	}
	// They include a dozen that are wrong on purpose, and one, NOT ENFORCED,
	// that PostgreSQL 16 does not know yet.
	if unparsed > 12 {
		t.Errorf("%d of them do not parse", unparsed)
	}
}

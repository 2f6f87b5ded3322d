package pooler

import (
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
)

// SET SESSION CHARACTERISTICS is another spelling of SET default_transaction_….
func TestCharacteristicsAreTheirParameters(t *testing.T) {
	for _, spec := range []string{"pgbouncer@1.18", "pgbouncer@1.25", "pgbouncer@1.26", "rdsproxy", "odyssey"} {
		p := lookup(t, spec)
		for _, text := range []string{"READ ONLY", "READ WRITE", "ISOLATION LEVEL SERIALIZABLE", "DEFERRABLE"} {
			effects := session.Analyze("SET SESSION CHARACTERISTICS AS TRANSACTION " + text).Effects
			if len(effects) != 1 {
				t.Fatalf("%s: %v", text, effects)
			}
			set := p.Verdict(effect.Effect{Kind: effect.Set, Object: effects[0].Object})
			if v := p.Verdict(effects[0]); v.Outcome != set.Outcome {
				t.Errorf("%s: %s is %s, SET %s is %s", p, text, v.Outcome, effects[0].Object, set.Outcome)
			}
		}
	}
	if v := lookup(t, "pgbouncer@1.26").Verdict(session.Analyze("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").Effects[0]); v.Outcome != OK {
		t.Errorf("PgBouncer 1.26 tracks default_transaction_read_only: %v", v)
	}
}

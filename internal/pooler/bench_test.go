package pooler

import (
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

func BenchmarkVerdict(b *testing.B) {
	p, err := Lookup("pgbouncer")
	if err != nil {
		b.Fatal(err)
	}
	e := effect.Effect{Kind: effect.Set, Object: "search_path"}
	for b.Loop() {
		p.Verdict(e)
	}
}

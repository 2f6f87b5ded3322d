package pooler

import (
	"testing"

	"github.com/poolvet/poolvet/internal/session"
)

func BenchmarkVerdict(b *testing.B) {
	p, err := Lookup("pgbouncer")
	if err != nil {
		b.Fatal(err)
	}
	e := session.Effect{Kind: session.Set, Object: "search_path"}
	for b.Loop() {
		p.Verdict(e)
	}
}

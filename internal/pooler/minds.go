package pooler

import (
	"github.com/poolvet/poolvet/internal/effect"
)

// Minds reports whether p minds any effect of a kind: with strict, also where
// that is too weak to be reported otherwise.
func (p *Pooler) Minds(kind effect.Kind, strict bool) bool {
	minds := func(v Verdict) bool {
		return v.Outcome != OK && v.Outcome != "" && (strict || !v.Evidence.weak() && !v.slight)
	}
	for _, cells := range []cells{p.cells, p.unseen, p.mixed, p.whole, p.inside} {
		if minds(cells[kind]) {
			return true
		}
	}
	if parameter(effect.Effect{Kind: kind, Object: "x"}) == "" {
		return false
	}
	for _, v := range p.set {
		if minds(v) {
			return true
		}
	}
	return false
}

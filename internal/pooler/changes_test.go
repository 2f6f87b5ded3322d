package pooler

import (
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

// Every change that is named makes some verdict better, and none is offered twice.
func TestChangesMakeADifference(t *testing.T) {
	for _, p := range All() {
		for _, c := range p.Changes(Settings{}) {
			if c.Words == "" || c.Flag == "" {
				t.Errorf("%s: %+v", p, c)
			}
			changed, better := p.With(c.Settings), false
			for _, e := range samples() {
				better = better || p.Verdict(e).Outcome != OK && changed.Verdict(e).Outcome == OK
			}
			if !better {
				t.Errorf("%s: %s makes nothing better", p, c.Words)
			}
			for _, again := range changed.Changes(c.Settings) {
				if again.Words == c.Words {
					t.Errorf("%s: %s is offered where it is set", p, c.Words)
				}
			}
		}
	}
}

// samples are an effect of each kind, and of each parameter that a table names.
func samples() (all []effect.Effect) {
	for _, kind := range effect.Kinds() {
		all = append(all, effect.Effect{Kind: kind, Local: effect.False})
	}
	for name := range reportedSince {
		all = append(all, effect.Effect{Kind: effect.Set, Object: name})
	}
	for name := range lostForNothing {
		all = append(all, effect.Effect{Kind: effect.StartupParameter, Object: name})
	}
	return all
}

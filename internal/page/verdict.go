package page

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pooler"
)

// Verdict is what becomes of something behind some poolers.
type Verdict struct {
	Outcome, Happens, Remedy string
	Unsure                   bool
	Sources                  []*Source
}

// Source is who says so of which poolers.
type Source struct {
	Evidence string
	Reference
	Poolers []*pooler.Pooler
}

// Add tells what happens behind one more pooler: with those that it happens
// behind as well, and with those that the same source is about. What happens is
// said without the pooler's name, which stands beside.
func Add(all []*Verdict, p *pooler.Pooler, happens string, f output.Finding) []*Verdict {
	what := output.OneLine(strings.NewReplacer(" behind "+p.Title, "", " by "+p.Title, "").Replace(happens))
	remedy, ref := output.OneLine(f.Remedy), ReferenceIn(f.Reference)
	i := slices.IndexFunc(all, func(v *Verdict) bool {
		return v.Outcome == f.Outcome && v.Unsure == f.Uncertain() && v.Happens == what && v.Remedy == remedy
	})
	if i < 0 {
		i = len(all)
		all = append(all, &Verdict{Outcome: f.Outcome, Unsure: f.Uncertain(), Happens: what, Remedy: remedy})
	}
	v := all[i]
	k := slices.IndexFunc(v.Sources, func(s *Source) bool { return s.Evidence == f.Evidence && s.Reference == ref })
	if k < 0 {
		k = len(v.Sources)
		v.Sources = append(v.Sources, &Source{Evidence: f.Evidence, Reference: ref})
	}
	v.Sources[k].Poolers = append(v.Sources[k].Poolers, p)
	return all
}

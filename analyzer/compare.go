package analyzer

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/pooler"
)

// Behind is what is found behind one pooler of a comparison.
type Behind struct {
	Findings []Finding
	Changed  [][]Finding // with each of the pooler's Changes
}

// Compare returns an analyzer that reads code once and judges it for several
// poolers: Result.Behind has what is found behind each, in their order, also
// what evidence is too weak for otherwise, and what is thought to be ok without
// evidence, and the same with each of the pooler's Changes. It reports no diagnostics, and the pooler of opts is not among them unless it
// is named. The error says what is wrong with the options or a pooler.
func Compare(opts Options, poolers ...string) (*analysis.Analyzer, error) {
	var all []*settings
	var changes [][]*settings
	for _, p := range poolers {
		opts.Pooler = p
		s, err := opts.settings()
		if err != nil {
			return nil, err
		}
		s.weighs = true
		all, changes = append(all, s), append(changes, s.changed())
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no poolers to compare")
	}
	a := *New(opts)
	a.Run = func(pass *analysis.Pass) (any, error) {
		c, res := read(pass, all[0]), new(Result)
		for i, s := range all {
			r := s.report(c)
			behind := Behind{Findings: r.Findings}
			for _, changed := range changes[i] {
				behind.Changed = append(behind.Changed, changed.report(c).Findings)
			}
			if i == 0 {
				res.Gives = r.behind.Gives() // whichever pooler the rest is behind
			}
			res.Servers = append(res.Servers, r.Servers...)
			res.Behind, res.Skipped = append(res.Behind, behind), mergeSkipped(res.Skipped, r.Skipped)
			res.Left = Left{max(res.Left.Ignored, r.Left.Ignored), max(res.Left.Direct, r.Left.Direct), max(res.Left.Strict, r.Left.Strict)}
		}
		return res, nil
	}
	return &a, nil
}

// Changes are what the owner of a pooler can set otherwise than opts say.
func Changes(opts Options, name string) ([]pooler.Change, error) {
	opts.Pooler = name
	s, err := opts.settings()
	if err != nil {
		return nil, err
	}
	return s.pooler.Changes(s.set), nil
}

// changed are s with each of its pooler's Changes.
func (s *settings) changed() (all []*settings) {
	for _, c := range s.pooler.Changes(s.set) {
		changed := *s
		changed.pooler = s.product.With(c.Settings)
		all = append(all, &changed)
	}
	return all
}

// mergeSkipped adds what could concern another pooler only.
func mergeSkipped(all, more []Skipped) []Skipped {
	for _, s := range more {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

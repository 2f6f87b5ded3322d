package analyzer

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// Compare returns an analyzer that reads code once and judges it for several
// poolers: Result.Behind has what is found behind each, in their order, also
// what evidence is too weak for otherwise, and what is thought to be ok without
// evidence. It reports no diagnostics, and the pooler of opts is not among them unless it
// is named. The error says what is wrong with the options or a pooler.
func Compare(opts Options, poolers ...string) (*analysis.Analyzer, error) {
	var all []*settings
	for _, p := range poolers {
		opts.Pooler = p
		s, err := opts.settings()
		if err != nil {
			return nil, err
		}
		s.weighs = true
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no poolers to compare")
	}
	a := *New(opts)
	a.Run = func(pass *analysis.Pass) (any, error) {
		c, res := read(pass, all[0]), new(Result)
		for _, s := range all {
			r := s.report(c)
			res.Behind, res.Skipped = append(res.Behind, r.Findings), mergeSkipped(res.Skipped, r.Skipped)
			res.Left = Left{max(res.Left.Ignored, r.Left.Ignored), max(res.Left.Direct, r.Left.Direct), max(res.Left.Strict, r.Left.Strict)}
		}
		return res, nil
	}
	return &a, nil
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

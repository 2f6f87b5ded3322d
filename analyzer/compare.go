package analyzer

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
)

// Compare returns an analyzer that reads code once and judges it for several
// poolers: Result.Behind has what is found behind each, in their order. It
// reports no diagnostics, and the pooler of opts is not among them unless it
// is named. The error says what is wrong with the options or a pooler.
func Compare(opts Options, poolers ...string) (*analysis.Analyzer, error) {
	var all []*settings
	for _, p := range poolers {
		opts.Pooler = p
		s, err := opts.settings()
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no poolers to compare")
	}
	a := *New(opts)
	a.Run = func(pass *analysis.Pass) (any, error) {
		c, res := read(pass, all[0].funcs), new(Result)
		for _, s := range all {
			r := s.report(c)
			res.Behind, res.Skipped = append(res.Behind, r.Findings), r.Skipped
		}
		return res, nil
	}
	return &a, nil
}

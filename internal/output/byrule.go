package output

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// RuleCount is what one rule has found.
type RuleCount struct {
	Rule     string
	Findings int
	Worst    Level
}

// badness are the levels, worst first.
var badness = []Level{Error, Warning, Note}

// countRules counts findings by rule: the worst first, of those alike the most.
func countRules(findings []Finding) (all []RuleCount) {
	for _, f := range findings {
		i := slices.IndexFunc(all, func(c RuleCount) bool { return c.Rule == f.Rule })
		if i < 0 {
			i = len(all)
			all = append(all, RuleCount{Rule: f.Rule, Worst: f.Level})
		}
		all[i].Findings++
		all[i].Worst = badness[min(slices.Index(badness, f.Level), slices.Index(badness, all[i].Worst))]
	}
	slices.SortFunc(all, func(a, b RuleCount) int {
		return cmp.Or(cmp.Compare(slices.Index(badness, a.Worst), slices.Index(badness, b.Worst)),
			cmp.Compare(b.Findings, a.Findings), cmp.Compare(a.Rule, b.Rule))
	})
	return all
}

// WriteRules writes what each rule has found.
func (s *Summary) WriteRules(w io.Writer) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "rule\tfindings\tworst")
	for _, c := range s.Rules {
		fmt.Fprintf(table, "%s\t%d\t%s\n", c.Rule, c.Findings, c.Worst)
	}
	table.Flush()
}

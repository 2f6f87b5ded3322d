// Package comparison writes what several poolers make of the same code: as a table,
// as a page and as JSON.
package comparison

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/page"
	"github.com/poolvet/poolvet/internal/pooler"
)

// Comparison is what there is to say about packages behind several poolers.
type Comparison struct {
	*output.Report
	Modules []string // of the packages
	Rows    []*Row   // once sorted, the one with the least to change first
	Rules   []string // those that report something behind some pooler, once sorted
	Web     page.Web
}

// Row is one pooler and what is found behind it.
type Row struct {
	*pooler.Pooler
	Findings []output.Finding
	Changes  []*Changed // once sorted, those that make findings go away
}

// Sort puts all that is to be shown in order.
func (c *Comparison) Sort() {
	used := map[string]bool{}
	for _, row := range c.Rows {
		row.Findings = output.InOrder(row.Findings)
		row.sortChanges()
		for _, f := range row.Findings {
			used[f.Rule] = true
		}
	}
	for _, rule := range analyzer.Rules() {
		if used[rule.ID] {
			c.Rules = append(c.Rules, rule.ID)
		}
	}
	slices.SortStableFunc(c.Rows, func(a, b *Row) int { return tallyOf(a.Findings).compare(tallyOf(b.Findings)) })
}

// byRule splits a row's findings.
func (r *Row) byRule(rule string) tally {
	var own []output.Finding
	for _, f := range r.Findings {
		if f.Rule == rule {
			own = append(own, f)
		}
	}
	return tallyOf(own)
}

// verdict says which pooler the code can move to.
func (c *Comparison) verdict() string {
	var ready, maybe []string
	var least *Row
	for _, r := range c.Rows {
		switch t := tallyOf(r.Findings); {
		case r.Name == "none":
			continue
		case t.none():
			ready = append(ready, r.Title)
		case !t.certain():
			maybe = append(maybe, fmt.Sprintf("%s (%s)", r.Title, t))
		}
		if least == nil {
			least = r
		}
	}
	var said []string
	if len(ready) > 0 {
		said = append(said, "Nothing was found that keeps this code from "+strings.Join(ready, ", ")+".")
	}
	if len(maybe) > 0 {
		said = append(said, "Nothing certain keeps it from "+strings.Join(maybe, ", ")+".")
		if len(ready) == 0 {
			said[0] = strings.Replace(said[0], " it ", " this code ", 1)
		}
	}
	if len(said) == 0 && least != nil {
		worst := tallyOf(least.Findings).shares()[0]
		places := output.Count(worst.N, "place")
		if all := len(least.Findings); all > worst.N {
			places = fmt.Sprintf("%d of %d places", worst.N, all)
		}
		said = append(said, fmt.Sprintf("No pooler here takes this code as it is. The least harm is behind %s: %s %s.", least.Title, places, worst.What))
	}
	if len(c.Unread) > 0 {
		said = append(said, "What could not be read may change that.")
	}
	return strings.Join(said, " ")
}

// WriteComparison writes one JSON object.
func WriteComparison(w io.Writer, c *Comparison) error {
	type counted struct {
		Outcome string `json:"outcome"`
		Certain bool   `json:"certain"`
		Places  int    `json:"places"`
	}
	type change struct {
		Setting string `json:"setting"` // of the product: "max_prepared_statements=200"
		Flag    string `json:"flag"`    // that tells poolvet of it
		Fewer   int    `json:"fewer"`   // places
	}
	type row struct {
		Pooler   string           `json:"pooler"`
		Title    string           `json:"title"`
		Counts   []counted        `json:"counts"`
		Changes  []change         `json:"changes"` // that would make findings go away, the most first
		Findings []output.Finding `json:"findings"`
	}
	out := struct {
		Poolers []row           `json:"poolers"` // the one with the least harm first
		Verdict string          `json:"verdict"`
		Notices []output.Notice `json:"notices"`
		Summary *output.Summary `json:"summary"`
	}{Verdict: c.verdict(), Notices: []output.Notice{}, Summary: &c.Summary}
	for _, n := range c.Notices() {
		out.Notices = append(out.Notices, n.Slashed())
	}
	for _, r := range c.Rows {
		one := row{r.String(), r.Title, []counted{}, []change{}, []output.Finding{}}
		for _, ch := range r.Changes {
			one.Changes = append(one.Changes, change{ch.Words, ch.Flag, ch.Fewer})
		}
		for _, s := range tallyOf(r.Findings).shares() {
			one.Counts = append(one.Counts, counted{s.Outcome, !s.Unsure, s.N})
		}
		for _, f := range r.Findings {
			f.File, f.Level = filepath.ToSlash(f.File), f.LevelIf(nil)
			one.Findings = append(one.Findings, f)
		}
		out.Poolers = append(out.Poolers, one)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

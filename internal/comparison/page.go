package comparison

import (
	_ "embed"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/page"
)

// The page of poolvet compare -format=html.
var (
	//go:embed page.html
	pageHTML string
	//go:embed page.js
	pageScript string

	pageTemplate = page.Template(pageHTML)
)

// shown is what the template shows.
type shown struct {
	Head     page.Head
	Script   template.JS
	Title    string
	Version  string
	Summary  string
	Verdict  string
	Outcomes []pageOutcome
	Rules    []*pageRule
	Poolers  []pagePooler
	Advised  bool // some pooler has settings that would help
	Packages []string
	Notices  []output.Notice
}

// pageOutcome is an outcome in the words of the grid, which the script reads
// off the legend.
type pageOutcome struct{ Name, One, Many, May, What string }

type pageRule struct {
	ID, Summary, URL string
	Places           []*pagePlace
}

type pagePooler struct {
	*Row
	Advice string
	Source page.Reference
	Cells  []pageCell // of all rules together, then of each
}

type pageCell struct {
	Rule, Worst string
	Places      int
	Counts      []share
}

func WritePage(w io.Writer, c *Comparison) error {
	title := strings.Join(c.Modules, ", ")
	p := shown{
		Head:    page.NewHead("Which pooler fits "+title+"?", pageScript, ""),
		Script:  template.JS(pageScript),
		Title:   title,
		Version: output.Version(),
		Summary: c.Summary.String(),
		Verdict: c.verdict(),
		Notices: c.Notices(),
	}
	for _, o := range outcomes {
		p.Outcomes = append(p.Outcomes, pageOutcome{string(o.Outcome), o.one, o.many, o.may, o.what})
	}
	packages := map[string]bool{}
	var src output.Sources
	for _, id := range c.Rules {
		rule := &pageRule{ID: id, Summary: analyzer.LookupRule(id).Summary, URL: analyzer.Analyzer.URL + "/blob/main/docs/rules/" + id + ".md"}
		rule.Places = c.places(id, &src)
		for _, place := range rule.Places {
			packages[place.Package] = true
		}
		p.Rules = append(p.Rules, rule)
	}
	for _, row := range c.Rows {
		p.Poolers = append(p.Poolers, row.page(c.Rules))
		p.Advised = p.Advised || len(row.Changes) > 0
	}
	p.Packages = slices.Sorted(maps.Keys(packages))
	return pageTemplate.Execute(w, p)
}

func (r *Row) page(rules []string) pagePooler {
	p := pagePooler{Row: r, Advice: r.advice(), Source: page.ReferenceIn(r.Reference)}
	all := tallyOf(r.Findings)
	p.Cells = append(p.Cells, pageCell{Worst: all.class(), Counts: all.shares(), Places: len(r.Findings)})
	for _, id := range rules {
		own := r.byRule(id)
		p.Cells = append(p.Cells, pageCell{Rule: id, Worst: own.class(), Counts: own.shares()})
	}
	return p
}

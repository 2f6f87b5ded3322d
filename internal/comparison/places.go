package comparison

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/page"
)

// pagePlace is a place in the code that a rule reports behind some pooler.
type pagePlace struct {
	Package, Function, Text string

	At       page.Reference
	Source   []output.MarkedLine
	Related  []pageRelated
	Verdicts []*page.Verdict
}

// pageRelated is a place that one leads to.
type pageRelated struct {
	At      page.Reference
	Message string
}

// places are those that a rule reports, each once for all poolers.
func (c *Comparison) places(rule string, src *output.Sources) (all []*pagePlace) {
	type key struct{ place, text string }
	at := map[key]*pagePlace{}
	var order []output.Finding
	for _, row := range c.Rows {
		for _, f := range row.Findings {
			if f.Rule != rule {
				continue
			}
			k := key{f.Place(), f.Text}
			if at[k] == nil {
				at[k] = c.place(f, src)
				order = append(order, f)
			}
			at[k].Verdicts = page.Add(at[k].Verdicts, row.Pooler, happens(f), f)
		}
	}
	slices.SortStableFunc(order, output.ByPlace)
	for _, f := range order {
		all = append(all, at[key{f.Place(), f.Text}])
	}
	return all
}

// place is that of a finding, without verdicts.
func (c *Comparison) place(f output.Finding, src *output.Sources) *pagePlace {
	p := &pagePlace{Package: f.Package, At: c.Web.At(f.File, f.Line, f.Column), Text: output.OneLine(f.Text), Source: src.Marked(f)}
	if !strings.Contains(p.At.Text, f.Function) { // a SQL file's is in its name
		p.Function = f.Function
	}
	for _, r := range f.Related {
		p.Related = append(p.Related, pageRelated{c.Web.At(r.File, r.Line, r.Column), output.OneLine(r.Message)})
	}
	return p
}

// happens is the part of the message that says what happens.
func happens(f output.Finding) string {
	s := strings.TrimSuffix(strings.TrimPrefix(f.Message, f.Text+": "), " ("+f.Rule+")")
	return strings.TrimSuffix(s, "; "+f.Remedy)
}

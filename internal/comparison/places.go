package comparison

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
)

// pagePlace is a place in the code that a rule reports behind some pooler.
type pagePlace struct {
	Package, Function, Text string

	At       pageReference
	Source   []output.MarkedLine
	Related  []pageRelated
	Verdicts []*pageVerdict
}

// pageRelated is a place that one leads to.
type pageRelated struct {
	At      pageReference
	Message string
}

// pageVerdict is what becomes of a place behind some poolers.
type pageVerdict struct {
	Outcome, Happens, Remedy string
	Unsure                   bool
	Sources                  []*pageSource
}

// pageSource is who says so of which poolers.
type pageSource struct {
	Evidence string
	pageReference
	Poolers []*Row
}

type pageReference struct{ Text, URL string }

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
			at[k].add(row, f)
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
	p := &pagePlace{Package: f.Package, At: c.at(f.File, f.Line, f.Column), Text: output.OneLine(f.Text), Source: src.Marked(f)}
	if !strings.Contains(p.At.Text, f.Function) { // a SQL file's is in its name
		p.Function = f.Function
	}
	for _, r := range f.Related {
		p.Related = append(p.Related, pageRelated{c.at(r.File, r.Line, r.Column), output.OneLine(r.Message)})
	}
	return p
}

func (c *Comparison) at(file string, line, column int) pageReference {
	at := pageReference{Text: output.OneLine(output.Finding{File: file, Line: line, Column: column}.Place())}
	if c.Web != nil {
		at.URL = c.Web(file, line)
	}
	return at
}

// add tells what happens there behind one more pooler: with those that it
// happens behind as well, and with those that the same source is about.
func (p *pagePlace) add(row *Row, f output.Finding) {
	what, remedy, ref := output.OneLine(happens(f, row.Title)), output.OneLine(f.Remedy), reference(f.Reference)
	i := slices.IndexFunc(p.Verdicts, func(v *pageVerdict) bool {
		return v.Outcome == f.Outcome && v.Unsure == f.Uncertain() && v.Happens == what && v.Remedy == remedy
	})
	if i < 0 {
		i = len(p.Verdicts)
		p.Verdicts = append(p.Verdicts, &pageVerdict{Outcome: f.Outcome, Unsure: f.Uncertain(), Happens: what, Remedy: remedy})
	}
	v := p.Verdicts[i]
	k := slices.IndexFunc(v.Sources, func(s *pageSource) bool { return s.Evidence == f.Evidence && s.pageReference == ref })
	if k < 0 {
		k = len(v.Sources)
		v.Sources = append(v.Sources, &pageSource{Evidence: f.Evidence, pageReference: ref})
	}
	v.Sources[k].Poolers = append(v.Sources[k].Poolers, row)
}

// happens is the part of the message that says what happens, without the
// pooler's name: it stands beside.
func happens(f output.Finding, pooler string) string {
	s := strings.TrimSuffix(strings.TrimPrefix(f.Message, f.Text+": "), " ("+f.Rule+")")
	s = strings.TrimSuffix(s, "; "+f.Remedy)
	return strings.NewReplacer(" behind "+pooler, "", " by "+pooler, "").Replace(s)
}

// reference parts one from the address that it may hold.
func reference(text string) pageReference {
	i := strings.Index(text, "https://")
	if i < 0 {
		return pageReference{Text: text}
	}
	url, rest, _ := strings.Cut(text[i:], " ")
	return pageReference{strings.TrimSpace(text[:i] + rest), strings.TrimRight(url, ";,.)")}
}

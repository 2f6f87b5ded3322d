package output

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/pooler"
)

// The page of poolvet compare -format=html: one file that asks no one for
// anything. Its policy lets nothing run or load but its own script and style,
// whatever the source that it shows says.
var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageStyle string
	//go:embed page.js
	pageScript string

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
)

// page is what the template shows.
type page struct {
	Style    template.CSS
	Script   template.JS
	Policy   string
	Title    string
	Version  string
	Summary  string
	Verdict  string
	Outcomes []pageOutcome
	Rules    []*pageRule
	Poolers  []pagePooler
	Advice   [][2]string // a pooler's title, and its settings that would make places right
	Packages []string
}

type pageOutcome struct{ Name, Many, What string }

type pageRule struct {
	ID, Summary, URL string
	Places           []*pagePlace
}

// pagePlace is a place in the code that a rule reports behind some pooler.
type pagePlace struct {
	Package, Function, Place, Text string
	Source                         []pageLine
	Verdicts                       []pageVerdict
}

type pageLine struct{ Number, Before, Marked, After string }

type pageVerdict struct {
	Pooler, Title, Outcome, Evidence, Happens, Remedy string
	Unsure                                            bool
	Reference, Link                                   string
}

type pagePooler struct {
	Name, Title, About, Reference string
	Worst, InWords                string
	First                         *share // the worst
	Rest                          bool   // there is more than that
	Places                        int
	Cells                         []pageCell
}

type pageCell struct {
	Rule, Worst, Label string
	Counts             []share
}

func WritePage(w io.Writer, c *Comparison) error {
	p := page{
		Style: template.CSS(pageStyle), Script: template.JS(pageScript),
		Policy: fmt.Sprintf("default-src 'none'; img-src data:; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'",
			digest(pageStyle), digest(pageScript)),
		Title:   strings.Join(c.Modules, ", "),
		Version: Version(),
		Summary: c.Summary.String(),
		Verdict: c.verdict(),
	}
	for _, o := range outcomes {
		if o.Outcome != pooler.OK {
			p.Outcomes = append(p.Outcomes, pageOutcome{string(o.Outcome), o.many, o.what})
		}
	}
	packages := map[string]bool{}
	for _, id := range c.Rules {
		rule := &pageRule{ID: id, Summary: analyzer.LookupRule(id).Summary, URL: analyzer.Analyzer.URL + "/blob/main/docs/rules/" + id + ".md"}
		rule.Places = c.places(id, packages)
		p.Rules = append(p.Rules, rule)
	}
	for _, row := range c.Rows {
		p.Poolers = append(p.Poolers, row.page(c.Rules))
		if advice := row.advice(); advice != "" {
			p.Advice = append(p.Advice, [2]string{row.Title, advice})
		}
	}
	p.Packages = slices.Sorted(maps.Keys(packages))
	return pageTemplate.Execute(w, p)
}

// digest is how a policy names a script or style that it lets pass.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// places are those that a rule reports, each once for all poolers.
func (c *Comparison) places(rule string, packages map[string]bool) (all []*pagePlace) {
	var src Sources
	at := map[string]*pagePlace{}
	var order []Finding
	for _, row := range c.Rows {
		for _, f := range row.Findings {
			if f.Rule != rule {
				continue
			}
			packages[f.Package] = true
			p := at[f.Place()]
			if p == nil {
				p = &pagePlace{Package: f.Package, Place: f.Place(), Text: OneLine(f.Text), Source: src.page(f)}
				if !strings.Contains(p.Place, f.Function) { // a SQL file's is in its name
					p.Function = f.Function
				}
				at[f.Place()] = p
				order = append(order, f)
			}
			p.Verdicts = append(p.Verdicts, pageVerdict{
				Pooler: row.String(), Title: row.Title, Outcome: f.Outcome, Evidence: f.Evidence, Unsure: f.uncertain(),
				Happens: OneLine(f.happens()), Remedy: OneLine(f.Remedy),
			})
			last := &p.Verdicts[len(p.Verdicts)-1]
			last.Reference, last.Link = link(f.Reference)
		}
	}
	for _, f := range InOrder(order) {
		all = append(all, at[f.Place()])
	}
	return all
}

// link parts a reference from the address that it may hold.
func link(reference string) (text, url string) {
	i := strings.Index(reference, "https://")
	if i < 0 {
		return reference, ""
	}
	url, rest, _ := strings.Cut(reference[i:], " ")
	return strings.TrimSpace(reference[:i] + rest), strings.TrimRight(url, ";,.)")
}

// happens is the part of the message that says what happens.
func (f Finding) happens() string {
	s := strings.TrimSuffix(strings.TrimPrefix(f.Message, f.Text+": "), " ("+f.Rule+")")
	return strings.TrimSuffix(s, "; "+f.Remedy)
}

// page is the frame of a finding, with what is to be marked apart.
func (s *Sources) page(f Finding) (lines []pageLine) {
	for i, l := range s.frame(f) {
		line := pageLine{Number: fmt.Sprint(f.Line + i), Before: l.text[:l.from], Marked: l.text[l.from:l.to], After: l.text[l.to:]}
		if l.more {
			line = pageLine{Before: l.text}
		}
		lines = append(lines, line)
	}
	return lines
}

func (r *PoolerRow) page(rules []string) pagePooler {
	t := tallyOf(r.Findings)
	p := pagePooler{
		Name: r.String(), Title: r.Title, About: r.About, Reference: r.Reference,
		Places: len(r.Findings), Worst: t.class(), InWords: cmp.Or(t.String(), "nothing found"),
	}
	if counts := t.shares(); len(counts) > 0 {
		p.First, p.Rest = &counts[0], len(counts) > 1
	}
	for _, id := range rules {
		own := r.byRule(id)
		p.Cells = append(p.Cells, pageCell{Rule: id, Worst: own.class(), Counts: own.shares(),
			Label: fmt.Sprintf("%s, %s: %s", r.Title, id, cmp.Or(own.String(), "nothing found"))})
	}
	return p
}

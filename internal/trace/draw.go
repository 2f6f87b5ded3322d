package trace

import (
	"html/template"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/plot"
	"github.com/poolvet/poolvet/internal/pooler"
)

// overTime is a timeline as the page shows it.
type overTime struct {
	Title, About string
	Plot         template.HTML
}

func (t *Timeline) draw(causes []*cause) (*overTime, error) {
	o := &overTime{Title: "Sessions over time that something stays in", About: "How many sessions something stayed in, by the statement that first left it."}
	if slices.ContainsFunc(t.Series, Series.pins) {
		o.Title, o.About = "Pinned sessions over time", "How many sessions were pinned, by the statement that pinned them first."
	}
	of := map[*Row]*cause{}
	for _, c := range causes {
		of[c.Row] = c
	}
	stack := plot.Stack{Title: o.Title, One: "session", What: "sessions", From: t.From, Step: t.Step}
	for _, s := range t.Series {
		one := plot.Series{Name: output.OneLine(s.Row.Words), Says: output.OneLine(strings.TrimPrefix(s.Row.name(), ", ")), Of: s.Pinned}
		if c := of[s.Row]; c != nil {
			one.Link = c.Link()
		}
		stack.Series = append(stack.Series, one)
	}
	var err error
	o.Plot, err = stack.HTML()
	return o, err
}

// pins reports whether its sessions were pinned, behind some pooler.
func (s Series) pins() bool {
	return s.Row.Reason != "" || slices.ContainsFunc(s.Row.Verdicts, func(v Verdict) bool { return v.Outcome == string(pooler.Pins) })
}

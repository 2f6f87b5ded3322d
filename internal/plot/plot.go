// Package plot draws how numbers change over time, stacked by what they are of:
// as SVG that needs no script, with a legend and the same figures as a table.
package plot

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"math"
	"time"
)

var (
	//go:embed plot.html
	html string
	// Style is what a page with a plot needs besides its own.
	//
	//go:embed plot.css
	Style string

	figure = template.Must(template.New("figure").Parse(html))
)

// Colours is how many series are told apart by colour and number; what is beyond
// them is one series.
const Colours = 8

// Stack is what is drawn.
type Stack struct {
	Title     string // "Pinned sessions over time"
	One, What string // is counted: "session", "sessions"
	From      time.Time
	Step      time.Duration // of one number, which holds until the next: a second or more
	// Series stand on each other, the first at the bottom. All have as many
	// numbers, none of them negative.
	Series []Series
}

// Series is one of a stack.
type Series struct {
	Name string
	Says string // besides, "" for nothing
	Link string // where more of it is, "" for nowhere
	Of   []int
}

// drawn is what the template shows.
type drawn struct {
	Stack
	Begins, Ends string
	Top          int // the most at once
	When         string
	Frame        box
	Beside       int // where the numbers of the left axis end
	X, Y         []tick
	Areas        []area
	Lines        []line
}

// Count is a number of what is counted.
func (d drawn) Count(n int) string {
	what := d.What
	if n == 1 {
		what = d.One
	}
	return thousands(n) + " " + what
}

// HTML is the plot, "" where there is nothing to draw.
func (s Stack) HTML() (template.HTML, error) {
	s.Series = folded(s.Series)
	if len(s.Series) == 0 || len(s.Series[0].Of) == 0 || s.Step < time.Second || int64(s.Step) > math.MaxInt64/int64(len(s.Series[0].Of)) {
		return "", nil
	}
	var b bytes.Buffer
	if err := figure.Execute(&b, s.draw()); err != nil {
		return "", fmt.Errorf("plot: %w", err)
	}
	return template.HTML(b.String()), nil
}

// folded has no more series than can be told apart.
func folded(all []Series) []Series {
	if len(all) <= Colours {
		return all
	}
	rest := all[Colours:]
	others := Series{Name: fmt.Sprintf("%d others", len(rest)), Of: make([]int, len(rest[0].Of))}
	for _, s := range rest {
		for i, n := range s.Of {
			others.Of[i] += n
		}
	}
	return append(all[:Colours:Colours], others)
}

func (s Stack) draw() drawn {
	totals := make([]int, len(s.Series[0].Of))
	for _, one := range s.Series {
		for i, n := range one.Of {
			totals[i] += n
		}
	}
	d := drawn{Stack: s, Begins: s.stamp(0), Ends: s.stamp(len(totals)), Frame: frame, Beside: frame.Left - 8, Lines: s.table(totals)}
	for i, n := range totals {
		if n > d.Top {
			d.Top, d.When = n, s.stamp(i)
		}
	}
	counts := numbers(d.Top)
	scale := scale{frame, len(totals), counts[len(counts)-1]}
	for _, n := range counts {
		d.Y = append(d.Y, tick{Label: thousands(n), At: at(scale.y(n))})
	}
	d.X, d.Areas = s.times(scale), s.areas(scale)
	return d
}

// stamp is when number i begins.
func (s Stack) stamp(i int) string {
	return s.From.UTC().Add(time.Duration(i) * s.Step).Format(time.DateTime)
}

// line is one of the table: what holds from a time on.
type line struct {
	From  string
	Of    []int
	Total int
}

// table has the figures where one changes.
func (s Stack) table(totals []int) (all []line) {
	for i, total := range totals {
		l, changed := line{From: s.stamp(i), Total: total}, i == 0
		for _, one := range s.Series {
			l.Of = append(l.Of, one.Of[i])
			changed = changed || one.Of[i] != one.Of[i-1]
		}
		if changed {
			all = append(all, l)
		}
	}
	return all
}

package comparison

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pooler"
)

// outcomes are what can become of a place, worst first: what stops the program
// or falsifies its data, then what reaches other clients, then what costs its
// own. The last is thought to be ok, which nothing confirms.
var outcomes = [...]struct {
	pooler.Outcome
	letter, what   string
	one, many, may string // "3 places leak"
}{
	{pooler.WrongRows, "W", "returns other clients' rows", "returns wrong rows", "return wrong rows", "may return wrong rows"},
	{pooler.Refused, "R", "is refused", "is refused", "are refused", "may be refused"},
	{pooler.Leaks, "L", "leaks to other clients", "leaks", "leak", "may leak"},
	{pooler.Lost, "X", "is lost", "is lost", "are lost", "may be lost"},
	{pooler.Pins, "P", "pins the connection", "pins", "pin", "may pin"},
	{pooler.NoEffect, "N", "has no effect, with or without a pooler", "has no effect", "have no effect", "may have no effect"},
	{pooler.OK, "", "", "", "", "may be ok"},
}

// tally counts findings by outcome, in the order of outcomes.
type tally [len(outcomes)]struct{ sure, unsure int }

func tallyOf(findings []output.Finding) (t tally) {
	for _, f := range findings {
		for i, o := range outcomes {
			switch {
			case f.Outcome != string(o.Outcome):
			case f.Uncertain():
				t[i].unsure++
			default:
				t[i].sure++
			}
		}
	}
	return t
}

// compare puts the tally with less harm first. What is uncertain weighs as
// much as what is not; with the same harm, it weighs less.
func (t tally) compare(u tally) int {
	for i := range t {
		if c := cmp.Compare(t[i].sure+t[i].unsure, u[i].sure+u[i].unsure); c != 0 {
			return c
		}
	}
	for i := range t {
		if c := cmp.Compare(t[i].sure, u[i].sure); c != 0 {
			return c
		}
	}
	return 0
}

// none reports whether nothing is worse than without a pooler, for certain.
func (t tally) none() bool { return t == tally{noEffect: t[noEffect]} }

// certain reports whether something is worse for certain.
func (t tally) certain() bool {
	return slices.ContainsFunc(t[:noEffect], func(n struct{ sure, unsure int }) bool { return n.sure > 0 })
}

// noEffect is the index of what has no effect, whatever the pooler.
const noEffect = len(outcomes) - 2

// share is one count of a tally.
type share struct {
	N       int
	What    string // "leak", "may leak"
	Outcome string
	Unsure  bool

	letters string
}

// shares are the counts that are not zero, worst first.
func (t tally) shares() (all []share) {
	for i, n := range t {
		o := outcomes[i]
		if n.sure > 0 {
			what := o.many
			if n.sure == 1 {
				what = o.one
			}
			all = append(all, share{n.sure, what, string(o.Outcome), false, o.letter})
		}
		if n.unsure > 0 {
			all = append(all, share{n.unsure, o.may, string(o.Outcome), true, o.letter + "?"})
		}
	}
	return all
}

// String is all counts in words: "2 leak, 1 may be lost".
func (t tally) String() string {
	var parts []string
	for _, s := range t.shares() {
		parts = append(parts, fmt.Sprint(s.N, " ", s.What))
	}
	return strings.Join(parts, ", ")
}

// letters is all counts in short: "2L 1X?".
func (t tally) letters() string {
	var parts []string
	for _, s := range t.shares() {
		parts = append(parts, fmt.Sprint(s.N, s.letters))
	}
	return cmp.Or(strings.Join(parts, " "), ".")
}

// worst is the worst outcome, with a question mark where it is not certain.
func (t tally) worst() string {
	shares := t.shares()
	if len(shares) == 0 {
		return "-"
	}
	if shares[0].Unsure {
		return shares[0].Outcome + "?"
	}
	return shares[0].Outcome
}

// class names the worst outcome for the style.
func (t tally) class() string {
	shares := t.shares()
	switch {
	case len(shares) == 0:
		return "nothing"
	case shares[0].Unsure:
		return shares[0].Outcome + " unsure"
	}
	return shares[0].Outcome
}

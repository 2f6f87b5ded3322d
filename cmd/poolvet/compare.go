package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/pooler"
)

const compareUsage = `usage: poolvet compare [flags] packages

Analyses Go packages once and judges them for every pooler, or for those that
-pooler names, with commas between them. The table counts the places behind
each pooler that a rule reports; -format=html is a page with the findings.
The exit status is 0, and 2 where a flag was bad or a package could not be read
in full.
`

// everyPooler is the value of -pooler that stands for all of them.
const everyPooler = "all"

// runCompare judges Go packages for several poolers.
func runCompare(args []string, std stdio) int {
	flags := flag.NewFlagSet(program+" compare", flag.ContinueOnError)
	opts := analyzer.Options{Pooler: everyPooler}
	opts.AddFlags(flags)
	where := sourceFlags(flags)
	format := flags.String("format", "text", "the output's `format`: text or html")
	if status, ok := parse(flags, args, std, compareUsage); !ok {
		return status
	}
	write, ok := map[string]func(io.Writer, *comparison) error{"text": writeTable, "html": writePage}[*format]
	if !ok {
		return std.complain(fmt.Errorf("format %q is not known; known are html, text", *format))
	}
	c, err := compare(*where, flags.Args(), opts, std)
	if err != nil {
		return std.complain(err)
	}
	for _, err := range c.errors {
		std.complain(err)
	}
	for _, s := range c.skipped {
		fmt.Fprintln(std.err, s)
	}
	out := bufio.NewWriter(std.out)
	if err := cmp.Or(write(out, c), out.Flush()); err != nil {
		return std.complain(err)
	}
	if len(c.errors) > 0 {
		return failed
	}
	return clean
}

// comparison is what there is to say about packages behind several poolers.
type comparison struct {
	*report
	rows  []*poolerRow // the one with the least to change first
	rules []string     // those that report something behind some pooler
}

// poolerRow is one pooler and what is found behind it.
type poolerRow struct {
	*pooler.Pooler
	findings []finding
}

func compare(where sourceTree, patterns []string, opts analyzer.Options, std stdio) (*comparison, error) {
	c := new(comparison)
	var names []string
	for name := range strings.SplitSeq(opts.Pooler, ",") {
		if name == everyPooler {
			for _, p := range pooler.All() {
				names = append(names, p.String())
			}
			continue
		}
		names = append(names, name)
	}
	for _, name := range names {
		p, err := pooler.Lookup(name)
		if err != nil {
			return nil, err
		}
		c.rows = append(c.rows, &poolerRow{Pooler: p})
	}
	a, err := analyzer.Compare(opts, names...)
	if err != nil {
		return nil, err
	}
	c.report, err = where.run(a, patterns, opts.Tests, std, func(at placed, found *analyzer.Result) {
		for i, findings := range found.Behind {
			for _, f := range findings {
				if f.Outcome != "" { // a directive's is the same everywhere
					c.rows[i].findings = append(c.rows[i].findings, at(f))
				}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	c.order()
	return c, nil
}

// order sorts all that is to be shown.
func (c *comparison) order() {
	used := map[string]bool{}
	for _, row := range c.rows {
		row.findings = inOrder(row.findings)
		for _, f := range row.findings {
			used[f.Rule] = true
		}
	}
	for _, rule := range analyzer.Rules() {
		if used[rule.ID] {
			c.rules = append(c.rules, rule.ID)
		}
	}
	slices.SortStableFunc(c.rows, func(a, b *poolerRow) int {
		x, y := tallyOf(a.findings), tallyOf(b.findings)
		return slices.Compare(x[:], y[:])
	})
}

// outcomes are what can become of a place, worst first.
var outcomes = [...]struct {
	pooler.Outcome
	letter, what string
	one, many    string // "3 places leak"
}{
	{pooler.WrongRows, "W", "returns other clients' rows", "returns wrong rows", "return wrong rows"},
	{pooler.Leaks, "L", "leaks to other clients", "leaks", "leak"},
	{pooler.Refused, "R", "is refused", "is refused", "are refused"},
	{pooler.Lost, "X", "is lost", "is lost", "are lost"},
	{pooler.Pins, "P", "pins the connection", "pins", "pin"},
	{pooler.NoEffect, "N", "has no effect, with or without a pooler", "has no effect", "have no effect"},
}

// tally counts findings by outcome, in the order of outcomes.
type tally [len(outcomes)]int

func tallyOf(findings []finding) (t tally) {
	for _, f := range findings {
		for i, o := range outcomes {
			if f.Outcome == string(o.Outcome) {
				t[i]++
			}
		}
	}
	return t
}

// worst is the index of the worst outcome, -1 where there is none.
func (t tally) worst() int { return slices.IndexFunc(t[:], func(n int) bool { return n > 0 }) }

// clean reports whether nothing is worse than without a pooler.
func (t tally) clean() bool { return t == tally{len(t) - 1: t[len(t)-1]} }

// String is all counts in words: "2 leak, 1 is lost".
func (t tally) String() string {
	var parts []string
	for _, c := range t.counts() {
		parts = append(parts, fmt.Sprint(c.N, " ", c.What))
	}
	return strings.Join(parts, ", ")
}

// letters is all counts in short: "2L 1X".
func (t tally) letters() string {
	var parts []string
	for i, n := range t {
		if n > 0 {
			parts = append(parts, fmt.Sprint(n, outcomes[i].letter))
		}
	}
	if len(parts) == 0 {
		return "."
	}
	return strings.Join(parts, " ")
}

// byRule splits a row's findings.
func (r *poolerRow) byRule(rule string) tally {
	var own []finding
	for _, f := range r.findings {
		if f.Rule == rule {
			own = append(own, f)
		}
	}
	return tallyOf(own)
}

// verdict says in a sentence which pooler the code can move to.
func (c *comparison) verdict() string {
	rows := slices.DeleteFunc(slices.Clone(c.rows), func(r *poolerRow) bool { return r.Name == "none" })
	if len(rows) == 0 {
		return ""
	}
	var ready []string
	for _, r := range rows {
		if tallyOf(r.findings).clean() {
			ready = append(ready, r.Title)
		}
	}
	if len(ready) > 0 {
		return "Nothing was found that keeps this code from " + strings.Join(ready, ", ") + "."
	}
	n, worst, _ := strings.Cut(tallyOf(rows[0].findings).String(), " ")
	places := "places"
	if n == "1" {
		places = "place"
	}
	return fmt.Sprintf("No pooler here takes this code as it is. The least harm is behind %s: %s %s %s.", rows[0].Title, n, places, worst)
}

// writeTable writes the poolers against the rules.
func writeTable(w io.Writer, c *comparison) error {
	if len(c.rules) == 0 {
		_, err := fmt.Fprintf(w, "nothing found in %s, behind no pooler\n", count(c.analysed, "package"))
		return err
	}
	// The parts of a rule's name stand below each other: the table stays narrow.
	var table [][]string
	height := 1
	for _, rule := range c.rules {
		height = max(height, strings.Count(rule, "-")+1)
	}
	for i := range height {
		line := []string{"", "", ""}
		if i == height-1 {
			line = []string{"pooler", "worst", "places"}
		}
		for _, rule := range c.rules {
			parts := strings.Split(rule, "-")
			part := ""
			if k := i - (height - len(parts)); k >= 0 {
				part = parts[k]
			}
			line = append(line, part)
		}
		table = append(table, line)
	}
	letters := map[int]bool{}
	for _, row := range c.rows {
		t := tallyOf(row.findings)
		worst := "-"
		if i := t.worst(); i >= 0 {
			worst = string(outcomes[i].Outcome)
		}
		line := []string{row.String(), worst, fmt.Sprint(len(row.findings))}
		for _, rule := range c.rules {
			line = append(line, row.byRule(rule).letters())
		}
		for i, n := range t {
			letters[i] = letters[i] || n > 0
		}
		table = append(table, line)
	}
	for _, line := range aligned(table) {
		fmt.Fprintln(w, line)
	}
	fmt.Fprintln(w)
	for _, i := range slices.Sorted(maps.Keys(letters)) {
		if letters[i] {
			fmt.Fprintf(w, "%s  %s\n", outcomes[i].letter, outcomes[i].what)
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\n", c.verdict())
	return err
}

// aligned lays out the columns of a table.
func aligned(table [][]string) (lines []string) {
	widths := map[int]int{}
	for _, line := range table {
		for i, cell := range line {
			widths[i] = max(widths[i], len(cell))
		}
	}
	for _, line := range table {
		var b strings.Builder
		for i, cell := range line {
			fmt.Fprintf(&b, "%-*s  ", widths[i], cell)
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return lines
}

package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/pooler"
)

const compareUsage = `usage: poolvet compare [flags] packages

Analyses Go packages once and judges them for every pooler, or for those that
-pooler names, with commas between them. The table counts the places behind
each pooler that a rule reports; a ? marks what sources disagree on and what is
only inferred. -format=html is a page with the findings, -format=json the same
for programs. The exit status is 0, and 2 where a flag was bad or a package could not be read
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
	format := flags.String("format", "text", "the output's `format`: text, html or json")
	if status, ok := parse(flags, args, std, compareUsage); !ok {
		return status
	}
	write, ok := map[string]func(io.Writer, *comparison) error{"text": writeTable, "html": writePage, "json": writeComparison}[*format]
	if !ok {
		return std.complain(fmt.Errorf("-format: %q is not known; known are html, json, text", *format))
	}
	c, err := compare(*where, flags.Args(), opts, std)
	if err != nil {
		return std.complain(err)
	}
	std.tell(c.notices())
	out := bufio.NewWriter(std.out)
	if err := cmp.Or(write(out, c), out.Flush()); err != nil {
		return std.complain(err)
	}
	if *format != "text" {
		fmt.Fprintln(std.err, &c.summary)
	}
	return c.summary.Status
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
			return nil, fmt.Errorf("-pooler: %w", err)
		}
		c.rows = append(c.rows, &poolerRow{Pooler: p})
	}
	a, err := analyzer.Compare(opts, names...)
	if err := cmp.Or(flagError(err), where.validate()); err != nil {
		return nil, err
	}
	c.report = where.run(a, patterns, opts.Tests, std, func(at placed, found *analyzer.Result) {
		for i, findings := range found.Behind {
			for _, f := range findings {
				if f.Outcome != "" { // a directive's is the same everywhere
					c.rows[i].findings = append(c.rows[i].findings, at(f))
				}
			}
		}
	})
	c.forPooler(opts, names...)
	c.summary.Pooler = strings.Join(names, ",")
	c.summary.compared = true
	c.summary.end(c.unread)
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
	slices.SortStableFunc(c.rows, func(a, b *poolerRow) int { return tallyOf(a.findings).compare(tallyOf(b.findings)) })
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

// verdict says which pooler the code can move to.
func (c *comparison) verdict() string {
	var ready, maybe []string
	var least *poolerRow
	for _, r := range c.rows {
		switch t := tallyOf(r.findings); {
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
		worst := tallyOf(least.findings).shares()[0]
		said = append(said, fmt.Sprintf("No pooler here takes this code as it is. The least harm is behind %s: %s %s.", least.Title, count(worst.N, "place"), worst.What))
	}
	if len(c.unread) > 0 {
		said = append(said, "What could not be read may change that.")
	}
	return strings.Join(said, " ")
}

// writeTable writes the poolers against the rules.
func writeTable(w io.Writer, c *comparison) error {
	if len(c.rules) == 0 {
		_, err := fmt.Fprintf(w, "nothing found behind any pooler\n%s\n", &c.summary)
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
	letters, unsure := map[string]bool{}, false
	for _, row := range c.rows {
		t := tallyOf(row.findings)
		line := []string{row.String(), t.worst(), fmt.Sprint(len(row.findings))}
		for _, rule := range c.rules {
			line = append(line, row.byRule(rule).letters())
		}
		for _, s := range t.shares() {
			letters[s.Outcome], unsure = true, unsure || s.Unsure
		}
		table = append(table, line)
	}
	for _, line := range aligned(table) {
		fmt.Fprintln(w, line)
	}
	fmt.Fprintln(w)
	for _, o := range outcomes {
		if letters[string(o.Outcome)] && o.letter != "" {
			fmt.Fprintf(w, "%s  %s\n", o.letter, o.what)
		}
	}
	if unsure {
		fmt.Fprintln(w, "?  is not certain: sources disagree, or it is inferred (a ? alone: may be ok)")
	}
	_, err := fmt.Fprintf(w, "\n%s\n%s\n", c.verdict(), &c.summary)
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

// writeComparison writes one JSON object.
func writeComparison(w io.Writer, c *comparison) error {
	type counted struct {
		Outcome string `json:"outcome"`
		Certain bool   `json:"certain"`
		Places  int    `json:"places"`
	}
	type row struct {
		Pooler   string    `json:"pooler"`
		Title    string    `json:"title"`
		Counts   []counted `json:"counts"`
		Findings []finding `json:"findings"`
	}
	out := struct {
		Poolers []row    `json:"poolers"` // the one with the least harm first
		Verdict string   `json:"verdict"`
		Notices []notice `json:"notices"`
		Summary *summary `json:"summary"`
	}{Verdict: c.verdict(), Notices: []notice{}, Summary: &c.summary}
	for _, n := range c.notices() {
		out.Notices = append(out.Notices, n.slashed())
	}
	for _, r := range c.rows {
		one := row{r.String(), r.Title, []counted{}, []finding{}}
		for _, s := range tallyOf(r.findings).shares() {
			one.Counts = append(one.Counts, counted{s.Outcome, !s.Unsure, s.N})
		}
		for _, f := range r.findings {
			f.File = filepath.ToSlash(f.File)
			one.Findings = append(one.Findings, f)
		}
		out.Poolers = append(out.Poolers, one)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

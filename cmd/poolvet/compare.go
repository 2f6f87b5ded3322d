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

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/comparison"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/terminal"
	"github.com/poolvet/poolvet/internal/unknown"
	"github.com/poolvet/poolvet/internal/web"
)

const compareUsage = `usage: poolvet compare [flags] packages

Analyses Go packages once and judges them for every pooler, or for those that
-pooler names, with commas between them. The table counts the places behind
each pooler that a rule reports, in no more than 100 columns; a ? marks what
sources disagree on and what is only inferred. Below it stand the settings of
each pooler that would make places right, each judged by itself. -format=html is
a page with the findings, -format=json the same for programs. The exit status is
0, and 2 where a flag was bad or a package could not be read in full.
`

// everyPooler is the value of -pooler that stands for all of them.
const everyPooler = "all"

// compareName names the command among the others.
const compareName = program + " compare"

// runCompare judges Go packages for several poolers.
func runCompare(args []string, std stdio) int {
	flags := flag.NewFlagSet(compareName, flag.ContinueOnError)
	opts := analyzer.Options{Pooler: everyPooler}
	opts.AddFlags(flags)
	where := sourceFlags(flags)
	fromFile(flags)
	format := flags.String("format", "text", "the output's `format`: text, html or json")
	if status, ok := parse(flags, args, std, compareUsage); !ok {
		return status
	}
	write, ok := map[string]func(io.Writer, *comparison.Comparison) error{"text": comparison.WriteTable, "html": comparison.WritePage, "json": comparison.WriteComparison}[*format]
	if !ok {
		return std.complain(fmt.Errorf("-format: %w", unknown.Name(*format, []string{"html", "json", "text"})))
	}
	c, err := compare(where, flags.Args(), opts, std)
	if err != nil {
		return std.complain(err)
	}
	std.tell(c.Notices())
	c.Web = web.Lines(where.dirsOrHere()...)
	out := bufio.NewWriter(std.out)
	if err := cmp.Or(write(out, c), out.Flush()); err != nil {
		return std.complain(err)
	}
	if *format != "text" {
		std.end(&c.Summary)
	}
	return c.Summary.Status
}

func compare(where *sourceTrees, patterns []string, opts analyzer.Options, std stdio) (*comparison.Comparison, error) {
	c := new(comparison.Comparison)
	names, forSome := toCompare(opts.Pooler)
	opts.Pooler = strings.Join(forSome, ",")
	if err := cmp.Or(flagError(opts.Validate()), where.validate()); err != nil {
		return nil, err
	}
	for i, name := range names {
		p, err := pooler.Lookup(name)
		if err != nil {
			return nil, fmt.Errorf("-pooler: %w", err)
		}
		row := &comparison.Row{Pooler: p}
		changes, err := analyzer.Changes(opts, opts.Behind().OnEach(names)[i])
		if err != nil {
			return nil, flagError(err)
		}
		for _, change := range changes {
			row.Changes = append(row.Changes, &comparison.Changed{Change: change})
		}
		c.Rows = append(c.Rows, row)
	}
	r := newReport()
	each := func(at placed, found *analyzer.Result) {
		add := func(to *[]output.Finding, findings []analyzer.Finding) {
			for _, f := range findings {
				if f.Outcome != "" { // a directive's is the same everywhere
					*to = append(*to, at(f))
				}
			}
		}
		for i, behind := range found.Behind {
			row := c.Rows[i]
			add(&row.Findings, behind.Findings)
			for k, findings := range behind.Changed {
				add(&row.Changes[k].Findings, findings)
			}
		}
	}
	line := terminal.Start(std.err, program)
	defer line.End()
	for _, tree := range where.each() {
		here := tree.options(opts)
		read, err := tree.run(r, here, func(o analyzer.Options) (*analysis.Analyzer, error) {
			return analyzer.Compare(o, o.Behind().OnEach(names)...)
		}, patterns, line, each)
		if err != nil {
			return nil, flagError(err)
		}
		r.patterns.note(here, read)
	}
	r.settle()
	r.forPooler(opts, names...)
	r.Summary.Pooler = strings.Join(append(names, forSome...), ",")
	r.Summary.Compared = true
	r.Summary.End(r.Unread)
	c.Report, c.Modules = &r.Report, slices.Sorted(maps.Keys(r.modules))
	c.Sort()
	return c, nil
}

// toCompare are the poolers that -pooler names to be compared, and what it says
// of some code, whichever of them the rest is behind.
func toCompare(poolers string) (names, forSome []string) {
	for name := range strings.SplitSeq(poolers, ",") {
		switch name = strings.TrimSpace(name); {
		case strings.Contains(name, "="):
			forSome = append(forSome, name)
		case name == everyPooler:
			names = append(names, every()...)
		default:
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		names = every()
	}
	return names, forSome
}

func every() (names []string) {
	for _, p := range pooler.All() {
		names = append(names, p.String())
	}
	return names
}

package main

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"text/tabwriter"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/unknown"
)

//go:generate go test . -run ^TestTablesOfDocs -update

const usage = `poolvet vets Go code for PostgreSQL connection poolers.

usage:
	poolvet [flags] packages       analyse Go packages: poolvet ./...
	poolvet sql [flags] [files]    analyse SQL files, folders or standard input
	poolvet compare [flags] packages
	                               say which pooler Go packages can move to
	poolvet trace [flags] -log FILE… packages
	                               say who sends the statements of a log
	poolvet rules                  list the rules
	poolvet explain rule           say what a rule finds, why, and what to do
	poolvet poolers                list the poolers
	poolvet flags [flags] files    say which flags a pooler's configuration amounts to
	poolvet version                print the version

	go vet -vettool=$(which poolvet) ./...    the same analysis, cached by go

poolvet -help lists the flags, and so do poolvet sql -help, poolvet compare -help,
poolvet trace -help and poolvet flags -help.
`

func runHelp(_ []string, std stdio) int {
	fmt.Fprint(std.out, usage)
	return clean
}

// noFlags parses the arguments of a command that has no flags.
func noFlags(name string, args []string, want int, std stdio) (rest []string, status int, ok bool) {
	flags := flag.NewFlagSet(program+" "+name, flag.ContinueOnError)
	if status, ok := parse(flags, args, std, usage); !ok {
		return nil, status, false
	}
	if flags.NArg() != want {
		return nil, std.complain(fmt.Errorf("%s takes %s, got %d", name, output.Count(want, "argument"), flags.NArg())), false
	}
	return flags.Args(), clean, true
}

func runRules(args []string, std stdio) int {
	if _, status, ok := noFlags("rules", args, 0, std); !ok {
		return status
	}
	w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, r := range analyzer.Rules() {
		fmt.Fprintf(w, "%s\t%s\n", r.ID, r.Summary)
	}
	w.Flush()
	return clean
}

func runExplain(args []string, std stdio) int {
	rest, status, ok := noFlags("explain", args, 1, std)
	if !ok {
		return status
	}
	rule := analyzer.LookupRule(rest[0])
	if rule == nil {
		var ids []string
		for _, r := range analyzer.Rules() {
			ids = append(ids, r.ID)
		}
		return std.complain(fmt.Errorf("rule %w", unknown.Name(rest[0], ids)))
	}
	fmt.Fprintln(std.out, strings.TrimSpace(rule.Doc()))
	return clean
}

func runPoolers(args []string, std stdio) int {
	if _, status, ok := noFlags("poolers", args, 0, std); !ok {
		return status
	}
	w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, p := range pooler.All() {
		fmt.Fprintf(w, "%s\t%s\n", p, p.About)
	}
	w.Flush()
	return clean
}

func runVersion(args []string, std stdio) int {
	if _, status, ok := noFlags("version", args, 0, std); !ok {
		return status
	}
	fmt.Fprintf(std.out, "%s %s %s %s/%s\n", program, output.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return clean
}

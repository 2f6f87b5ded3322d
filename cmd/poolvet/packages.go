package main

import (
	"flag"
	"fmt"

	"github.com/poolvet/poolvet/analyzer"
)

const packagesUsage = `usage: poolvet [flags] packages

Packages are named as for the go command: ./... is all of the module.
The exit status is 0 where nothing was found, 1 where something was, and
2 where a flag was bad or a package could not be read in full.
`

// runPackages analyses Go packages.
func runPackages(args []string, std stdio) int {
	flags := flag.NewFlagSet(program, flag.ContinueOnError)
	var opts analyzer.Options
	opts.AddFlags(flags)
	out := outputFlags(flags)
	base := baselineFlags(flags)
	where := sourceFlags(flags)
	fix := fixFlags(flags)
	version := flags.Bool("version", false, "print the version")
	if status, ok := parse(flags, args, std, packagesUsage); !ok {
		return status
	}
	if *version {
		return runVersion(nil, std)
	}
	if err := opts.Validate(); err != nil {
		return std.complain(err)
	}
	printer, err := out.printer(std.out)
	if err != nil {
		return std.complain(err)
	}
	old, err := base.read()
	if err != nil {
		return std.complain(err)
	}
	r, err := analyze(*where, flags.Args(), opts, std)
	if err != nil {
		return std.complain(err)
	}
	if fix.diff {
		return r.showDiff(std)
	}
	if fix.apply && len(r.fixes) > 0 {
		unfixed := r.applyFixes(out.remarks(std), std)
		if r, err = analyze(*where, flags.Args(), opts, std); err != nil { // what is left, and where it is now
			return std.complain(err)
		}
		r.errors = append(r.errors, unfixed...)
	}
	for _, err := range r.errors {
		std.complain(err)
	}
	for _, s := range r.skipped {
		fmt.Fprintln(std.err, s)
	}
	if err := r.baseline(base, old, opts, std); err != nil {
		return std.complain(err)
	}
	if err := printer.print(r.findings); err != nil {
		return std.complain(err)
	}
	if isTerminal(std.err) {
		fmt.Fprintln(std.err, r.summary())
	}
	switch {
	case len(r.errors) > 0:
		return failed
	case len(r.findings) > 0:
		return found
	}
	return clean
}

package main

import (
	"cmp"
	"flag"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/changed"
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
	since := sinceFlag(flags)
	fromFile(flags)
	version := flags.Bool("version", false, "print the version")
	if status, ok := parse(flags, args, std, packagesUsage); !ok {
		return status
	}
	if *version {
		return runVersion(nil, std)
	}
	if err := cmp.Or(flagError(opts.Validate()), where.validate()); err != nil {
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
	lines, err := changed.In(*since, where.dirsOrHere())
	if err := cmp.Or(err, base.without("since", lines == nil)); err != nil {
		return std.complain(err)
	}
	r := analyze(where, flags.Args(), opts, std)
	r.fixes.keepChanged(lines)
	if fix.diff {
		return r.showDiff(std)
	}
	if fix.apply && len(r.fixes) > 0 {
		unfixed := r.applyFixes(out.remarks(std), std)
		r = analyze(where, flags.Args(), opts, std) // what is left, and where it is now
		if lines, err = changed.In(*since, where.dirsOrHere()); err != nil {
			return std.complain(err)
		}
		r.Unread = append(r.Unread, unfixed...)
	}
	r.schemaInVain(opts.Schema)
	if err := r.baseline(base, old, opts, std); err != nil {
		return std.complain(err)
	}
	r.keepChanged(lines)
	r.End(out.failOn...)
	return r.show(printer, r.next(!fix.apply, base.file == "" && lines == nil, "", args), std)
}

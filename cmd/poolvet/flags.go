package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/poolerconf"
)

const flagsUsage = `usage: poolvet flags [flags] [file…]

Without a file, prints what applies in this folder: the flags of the analysis
that stand in .poolvetflags, one a line, or in the file that -flags names, for
the tools that do not read it:

	go vet -vettool=$(which poolvet) $(poolvet flags) ./...
	poolvet flags -for=golangci

With files, prints the flags that a pooler's own configuration amounts to, for
every way to run poolvet: poolvet $(poolvet flags deploy/pgbouncer.ini) ./...

Read are pgbouncer.ini, odyssey.conf, pgdog.toml, pgcat.toml, and YAML with
CloudNativePG's Pooler or Zalando's postgresql. What no flag expresses is said
on standard error. The version that runs is in none of these files: -version
adds it.
`

// runFlags reads configurations of poolers.
func runFlags(args []string, std stdio) int {
	flags := flag.NewFlagSet(program+" flags", flag.ContinueOnError)
	file := flags.String("flags", flagsFile, "the `file` to print")
	to := flags.String("for", "words", "the `form` to print it in: words, for a command line, or golangci, as settings of .golangci.yml")
	why := flags.Bool("why", false, "print where each flag comes from, a line each, and what no flag expresses")
	version := flags.String("version", "", "the `version` of the pooler that runs: 1.21")
	if status, ok := parse(flags, args, std, flagsUsage); !ok {
		return status
	}
	if flags.NArg() == 0 {
		return printFile(*file, *to, *why, std)
	}
	var settings []poolerconf.Setting
	for _, file := range flags.Args() {
		content, err := os.ReadFile(file)
		if err != nil {
			return std.complain(err)
		}
		more, err := poolerconf.Read(file, content)
		if err != nil {
			return std.complain(err)
		}
		settings = append(settings, more...)
	}
	all, err := poolerconf.Flags(settings)
	if err != nil {
		return std.complain(err)
	}
	for i, f := range all {
		if spec, ok := strings.CutPrefix(f, "-pooler="); ok && *version != "" {
			if _, err := pooler.Lookup(spec + "@" + *version); err != nil {
				return std.complain(fmt.Errorf("-version: %w", err))
			}
			all[i] += "@" + *version
		}
	}
	if *why {
		explainSettings(settings, std)
		return clean
	}
	fmt.Fprintln(std.out, strings.Join(all, " "))
	for _, s := range settings {
		if s.Why != "" {
			fmt.Fprintf(std.err, "%s: %s: %s=%s: %s\n", program, s.At(), s.Name, s.Value, s.Why)
		}
	}
	return clean
}

func explainSettings(settings []poolerconf.Setting, std stdio) {
	w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, s := range settings {
		name, value := s.Name, s.Value
		if s.Line == 0 {
			name += " (by default)"
		}
		if value != "" {
			value = " = " + value
		}
		said := "no flag"
		if s.Flag != "" {
			said = "-" + s.Flag
		}
		fmt.Fprintf(w, "%s\t%s%s\t%s\t%s\n", s.At(), name, value, said, s.Why)
	}
	w.Flush()
}

package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/flagsfile"
)

// flagsFile is the file that poolvet flags reads where none is named.
const flagsFile = ".poolvetflags"

// fromFile adds -flags to a command's flags.
func fromFile(flags *flag.FlagSet) {
	flags.String("flags", "", "a `file` of further flags, one a line, which those of the command line outweigh")
}

// parseFiles reads the flags of files for a command that has -flags.
func parseFiles(flags *flag.FlagSet, files []string) error {
	if flags.Lookup("flags") == nil || flags.Lookup("for") != nil {
		return nil // -flags is no flag of it, which it will say
	}
	for _, file := range files {
		lines, err := flagsfile.Read(file)
		if err != nil {
			return err
		}
		switch flags.Name() {
		case compareName:
			lines = forCompare(lines)
		case traceName:
			lines = withoutFormat(lines)
		}
		if err := setFrom(flags, lines); err != nil {
			return err
		}
	}
	return nil
}

// setFrom sets the flags of a file that a command has. One that only others have
// says nothing here; one that none has is an error.
func setFrom(flags *flag.FlagSet, lines []flagsfile.Flag) error {
	for _, f := range lines {
		to := flags
		if flags.Lookup(f.Name()) == nil {
			to = everyFlag()
		}
		if err := to.Parse([]string{f.Text}); err != nil {
			return fmt.Errorf("%s: %w", f.At(), withNames(err, to))
		}
		if to.NArg() > 0 || !strings.Contains(f.Text, "=") && !isSwitch(to, f.Name()) {
			return fmt.Errorf("%s: %q is no flag: it is written -name=value", f.At(), f.Text)
		}
	}
	return nil
}

func isSwitch(flags *flag.FlagSet, name string) bool {
	f := flags.Lookup(name)
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// everyFlag has the flags of all commands that read files of flags.
func everyFlag() *flag.FlagSet {
	flags := flag.NewFlagSet(program, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	new(analyzer.Options).AddFlags(flags)
	outputFlags(flags)
	baselineFlags(flags)
	sourceFlags(flags)
	fixFlags(flags)
	sinceFlag(flags)
	allFlag(flags)
	traceFlags(flags)
	return flags
}

// withoutFormat are the flags for a command whose formats are its own.
func withoutFormat(lines []flagsfile.Flag) []flagsfile.Flag {
	return slices.DeleteFunc(slices.Clone(lines), func(f flagsfile.Flag) bool { return f.Name() == "format" })
}

// forCompare are the flags that hold for a comparison too: its formats are its
// own, and what is in front of all code is what it compares.
func forCompare(lines []flagsfile.Flag) []flagsfile.Flag {
	lines = withoutFormat(lines)
	for i, f := range lines {
		if poolers, ok := strings.CutPrefix(strings.TrimLeft(f.Text, "-"), "pooler="); ok {
			_, forSome := toCompare(poolers)
			lines[i].Text = "-pooler=" + strings.Join(append([]string{everyPooler}, forSome...), ",")
		}
	}
	return lines
}

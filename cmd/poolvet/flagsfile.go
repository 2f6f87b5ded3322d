package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
)

// A file of flags has one a line, as the command takes them, and comments that
// begin with #. It is read where -flags names it, and nowhere else: what keeps
// results, as a cache does, has to know what they hang on.

// flagsFile is the file that poolvet flags reads where none is named.
const flagsFile = ".poolvetflags"

// fileFlag is one line of such a file.
type fileFlag struct {
	file string
	line int
	text string // -pooler=rdsproxy
}

func (f fileFlag) at() string { return fmt.Sprintf("%s:%d", f.file, f.line) }

// name is the flag's, without dashes.
func (f fileFlag) name() string {
	name, _, _ := strings.Cut(strings.TrimLeft(f.text, "-"), "=")
	return name
}

// fromFile adds -flags to a command's flags.
func fromFile(flags *flag.FlagSet) {
	flags.String("flags", "", "a `file` of further flags, one a line, which those of the command line outweigh")
}

// namedFiles are the values of -flags among the arguments.
func namedFiles(args []string) (files []string) {
	for i, arg := range args {
		name, value, hasValue := strings.Cut(arg, "=")
		switch {
		case arg == "--":
			return files
		case name != "-flags" && name != "--flags":
		case hasValue:
			files = append(files, value)
		case i+1 < len(args):
			files = append(files, args[i+1])
		}
	}
	return files
}

// readFlags reads a file of flags. A value may stand in quotes, as in a shell.
func readFlags(file string) (all []fileFlag, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("-flags: %w", err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		f := fileFlag{file, n, unquoted(line)}
		switch {
		case line[0] != '-' || f.name() == "":
			return nil, fmt.Errorf("%s: %q is no flag: there is one a line, such as -pooler=pgbouncer, and comments that begin with #", f.at(), line)
		case f.name() == "flags":
			return nil, fmt.Errorf("%s: a file of flags names no other", f.at())
		}
		all = append(all, f)
	}
	return all, nil
}

// unquoted is a line without the quotes that a shell would take away, of all of
// it or of the value.
func unquoted(line string) string {
	name, value, hasValue := strings.Cut(line, "=")
	switch {
	case isQuoted(line):
		return line[1 : len(line)-1]
	case hasValue && isQuoted(value):
		return name + "=" + value[1:len(value)-1]
	}
	return line
}

func isQuoted(s string) bool {
	return len(s) >= 2 && (s[0] == '\'' || s[0] == '"') && s[0] == s[len(s)-1] && strings.Count(s, s[:1]) == 2
}

// parseFiles reads the flags of files for a command that has -flags.
func parseFiles(flags *flag.FlagSet, files []string) error {
	if flags.Lookup("flags") == nil || flags.Lookup("for") != nil {
		return nil // -flags is no flag of it, which it will say
	}
	for _, file := range files {
		lines, err := readFlags(file)
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
func setFrom(flags *flag.FlagSet, lines []fileFlag) error {
	for _, f := range lines {
		to := flags
		if flags.Lookup(f.name()) == nil {
			to = everyFlag()
		}
		if err := to.Parse([]string{f.text}); err != nil {
			return fmt.Errorf("%s: %w", f.at(), withNames(err, to))
		}
		if to.NArg() > 0 || !strings.Contains(f.text, "=") && !isSwitch(to, f.name()) {
			return fmt.Errorf("%s: %q is no flag: it is written -name=value", f.at(), f.text)
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
func withoutFormat(lines []fileFlag) []fileFlag {
	return slices.DeleteFunc(slices.Clone(lines), func(f fileFlag) bool { return f.name() == "format" })
}

// forCompare are the flags that hold for a comparison too: its formats are its
// own, and what is in front of all code is what it compares.
func forCompare(lines []fileFlag) []fileFlag {
	lines = withoutFormat(lines)
	for i, f := range lines {
		if poolers, ok := strings.CutPrefix(strings.TrimLeft(f.text, "-"), "pooler="); ok {
			_, forSome := toCompare(poolers)
			lines[i].text = "-pooler=" + strings.Join(append([]string{everyPooler}, forSome...), ",")
		}
	}
	return lines
}

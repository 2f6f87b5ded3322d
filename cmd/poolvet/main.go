// Poolvet vets Go code for PostgreSQL connection poolers: it finds the SQL and
// the driver options that pin a pooled connection, leak to its next client,
// are lost or fail behind the pooler in use.
//
// It runs on its own (poolvet ./...) and as a tool of go vet:
//
//	go vet -vettool=$(which poolvet) ./...
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/flagsfile"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/unknown"
)

// Exit statuses, and the name before what is complained of.
const (
	clean   = output.Clean
	found   = output.Found
	failed  = output.Failed
	program = output.Program
)

func main() {
	if args := os.Args[1:]; calledByVet(args) {
		vettool()
	}
	os.Exit(run(os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}))
}

// stdio is where a command reads and writes.
type stdio struct {
	in       io.Reader
	out, err *os.File
}

// complain says on stderr what went wrong and gives the status for it.
func (s stdio) complain(err error) int {
	fmt.Fprintf(s.err, "%s: %v\n", program, err)
	return failed
}

// flagError is what is wrong with an option, which err names first, as a flag.
func flagError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("-%w", err)
}

// calledByVet recognises the ways in which the go command runs a vet tool.
func calledByVet(args []string) bool {
	if len(args) == 1 && (args[0] == "-V=full" || args[0] == "-flags") {
		return true
	}
	return len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
}

// vettool speaks the protocol of go vet, and does not return. unitchecker
// names flags after the analyzer, -poolvet.pooler; the plain names are added,
// so that a flag is spelled the same in both ways to run poolvet.
func vettool() {
	analyzer.Analyzer.Flags.VisitAll(func(f *flag.Flag) { flag.Var(f.Value, f.Name, f.Usage) })
	unitchecker.Main(analyzer.Analyzer)
}

// commands are the sub-commands. A package of such a name is written ./sql.
var commands = map[string]func(args []string, std stdio) int{
	"sql":     runSQL,
	"compare": runCompare,
	"trace":   runTrace,
	"rules":   runRules,
	"explain": runExplain,
	"poolers": runPoolers,
	"flags":   runFlags,
	"version": runVersion,
	"help":    runHelp,
}

func run(args []string, std stdio) int {
	if len(args) == 0 {
		fmt.Fprint(std.err, usage)
		return failed
	}
	if command, ok := commands[args[0]]; ok {
		return command(args[1:], std)
	}
	// What is only a word could be no package but one of the standard library.
	if meant := unknown.Close(args[0], slices.Sorted(maps.Keys(commands))); meant != "" && !strings.ContainsAny(args[0], "-./") {
		return std.complain(fmt.Errorf("%s is no command; did you mean %s? A package of that name is written ./%[1]s", args[0], meant))
	}
	return runPackages(args, std)
}

// parse reads the flags of a command. It returns a status and false where the
// command is over: after -help, and after a bad flag, which is complained of
// with the flags that there are.
func parse(flags *flag.FlagSet, args []string, std stdio, usage string) (status int, ok bool) {
	flags.SetOutput(io.Discard)
	err := parseFiles(flags, flagsfile.Named(args))
	if err == nil {
		err = parseAll(flags, args)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(std.out, usage, "\nflags:\n")
		flags.SetOutput(std.out)
		flags.PrintDefaults()
		return clean, false
	case err != nil:
		return std.complain(withNames(err, flags)), false
	}
	return clean, true
}

// withNames adds the flags that there are to an error about one that is none.
func withNames(err error, flags *flag.FlagSet) error {
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: "); ok {
		return fmt.Errorf("%s is no flag%s; the flags are %s", name, unknown.DidYouMean(name, flagNames(flags)), strings.Join(flagNames(flags), ", "))
	}
	return err
}

// parseAll also reads the flags behind arguments, up to a --.
func parseAll(flags *flag.FlagSet, args []string) error {
	var rest []string
	for {
		if err := flags.Parse(args); err != nil {
			return err
		}
		left := flags.Args()
		if ended := len(args) - len(left); len(left) == 0 || ended > 0 && args[ended-1] == "--" {
			return flags.Parse(append(append([]string{"--"}, rest...), left...))
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

func flagNames(flags *flag.FlagSet) (names []string) {
	flags.VisitAll(func(f *flag.Flag) { names = append(names, "-"+f.Name) })
	return names
}

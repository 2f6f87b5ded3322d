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
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
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
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") ||
		len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
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
	return runPackages(args, std)
}

// parse reads the flags of a command. It returns a status and false where the
// command is over: after -help, and after a bad flag, which is complained of
// with the flags that there are.
func parse(flags *flag.FlagSet, args []string, std stdio, usage string) (status int, ok bool) {
	flags.SetOutput(io.Discard)
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(std.out, usage, "\nflags:\n")
		flags.SetOutput(std.out)
		flags.PrintDefaults()
		return clean, false
	case err != nil:
		if strings.Contains(err.Error(), "not defined") {
			err = fmt.Errorf("%w; the flags are %s", err, flagNames(flags))
		}
		return std.complain(err), false
	}
	for _, arg := range flags.Args() {
		if len(arg) > 1 && arg[0] == '-' {
			return std.complain(fmt.Errorf("%s: flags go before the arguments", arg)), false
		}
	}
	return clean, true
}

func flagNames(flags *flag.FlagSet) string {
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, "-"+f.Name) })
	return strings.Join(names, ", ")
}

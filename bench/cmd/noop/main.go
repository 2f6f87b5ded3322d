// Command noop loads packages as poolvet does and runs an analyzer over them
// that does nothing: what poolvet costs above it is the analysis.
package main

import (
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/poolvet/poolvet/internal/load"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// fact makes the loader treat noop as an analyzer with facts.
type fact struct{}

func (*fact) AFact() {}

var noop = &analysis.Analyzer{
	Name:             "noop",
	Doc:              "noop does nothing",
	Requires:         []*analysis.Analyzer{inspect.Analyzer},
	Run:              func(*analysis.Pass) (any, error) { return nil, nil },
	FactTypes:        []analysis.Fact{new(fact)},
	RunDespiteErrors: true,
}

func main() {
	p, err := load.Load(load.Config{FromSource: sqlflow.MayWrap}, os.Args[1:]...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	p.Run([]*analysis.Analyzer{noop}, func(*load.Result) {})
}

package stress

import (
	"fmt"
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
)

// asking is an analyzer that first asks analyzer.Bodies, and then says which packages
// that refused.
func asking(t testing.TB, options analyzer.Options) (a *analysis.Analyzer, refused func(path string) bool) {
	t.Helper()
	wants, err := analyzer.Bodies(options)
	if err != nil {
		t.Fatal(err)
	}
	var paths sync.Map
	a = analyzer.New(options)
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		early := *pass
		early.TypesInfo = nil
		early.Pkg = types.NewPackage(pass.Pkg.Path(), pass.Pkg.Name())
		early.Pkg.SetImports(pass.Pkg.Imports())
		if !wants(&early) {
			paths.Store(pass.Pkg.Path(), true)
		}
		return run(pass)
	}
	return a, func(path string) bool { _, ok := paths.Load(path); return ok }
}

// silent reports as an error what is said of a package that compiles and is refused.
func (c *checked) silent(path string) error {
	if len(c.wrong) > 0 {
		return nil
	}
	for _, d := range c.diagnostics {
		return fmt.Errorf("the bodies of %s are refused, and it says %s", path, d.Message)
	}
	for _, s := range c.result.Skipped {
		return fmt.Errorf("the bodies of %s are refused, and it leaves out: %s", path, s.Reason)
	}
	for _, f := range c.facts {
		if f.Object.Pkg().Path() == path {
			return fmt.Errorf("the bodies of %s are refused, and there is the fact %v: %v", path, f.Object, f.Fact)
		}
	}
	return nil
}

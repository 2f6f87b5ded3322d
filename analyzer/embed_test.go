package analyzer_test

import (
	"path/filepath"
	"regexp"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
)

// place is where a finding is, and what it says.
type place struct {
	file, message string
	line          int
}

// embedded are the findings in the package of testdata that embeds its SQL.
func embedded(t *testing.T, opts analyzer.Options) (all []place) {
	t.Helper()
	p, err := load.Load(load.Config{Dir: "../testdata"}, "./embedded")
	if err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(opts)
	p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
		found, ok := r.Values[a].(*analyzer.Result)
		if !ok || len(r.Errors) > 0 {
			t.Fatal(r.Errors)
		}
		for _, f := range found.Findings {
			pos := p.Fset.Position(f.Pos)
			all = append(all, place{filepath.Base(pos.Filename), f.Message, pos.Line})
		}
	})
	return all
}

func TestAtEmbedMovesFindingsToGoFiles(t *testing.T) {
	there, here := embedded(t, analyzer.Options{}), embedded(t, analyzer.Options{AtEmbed: true})
	if len(there) == 0 || len(there) != len(here) {
		t.Fatalf("%d findings in the files, %d at the variables", len(there), len(here))
	}
	moved := regexp.MustCompile(`^(?:elsewhere/)?(?:sql|migrations)/\w+\.sql:\d+: (.*)$`)
	was := map[string]bool{}
	for _, p := range there {
		was[p.message] = true
		if filepath.Ext(p.file) != ".sql" {
			t.Errorf("%+v: not in an embedded file", p)
		}
	}
	for _, p := range here {
		m := moved.FindStringSubmatch(p.message)
		if filepath.Ext(p.file) != ".go" || m == nil || !was[m[1]] {
			t.Errorf("%+v: not in a Go file, with the place in the message", p)
		}
	}
}

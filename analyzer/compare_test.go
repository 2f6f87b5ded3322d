package analyzer_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
)

// analyse runs an analyzer over packages of testdata.
func analyse(t *testing.T, a *analysis.Analyzer, patterns ...string) (results []*analyzer.Result) {
	t.Helper()
	p, err := load.Load(load.Config{Dir: "../testdata"}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	p.Run([]*analysis.Analyzer{a}, func(res *load.Result) {
		for _, err := range res.Errors {
			t.Error(err)
		}
		if res.Report {
			results = append(results, res.Values[a].(*analyzer.Result))
		}
	})
	return results
}

// certain: what is not certain counts for Compare, and is reported by an
// analyzer with Strict only.
func certain(f analyzer.Finding) bool { return f.Evidence != "contested" && f.Evidence != "inferred" }

// What Compare finds behind each pooler is what an analyzer for that pooler
// alone finds.
func TestCompareFindsWhatEachPoolerAloneDoes(t *testing.T) {
	poolers := []string{"rdsproxy", "pgbouncer@1.18", "supavisor", "none"}
	patterns := []string{"./demo", "./set-parameter", "./local-outside-tx"}
	a, err := analyzer.Compare(analyzer.Options{}, poolers...)
	if err != nil {
		t.Fatal(err)
	}
	together := analyse(t, a, patterns...)
	for i, name := range poolers {
		var got, want []string
		for _, res := range together {
			for _, f := range res.Behind[i].Findings {
				if certain(f) {
					got = append(got, f.Pooler+" "+f.Message)
				}
			}
		}
		for _, res := range analyse(t, analyzer.New(analyzer.Options{Pooler: name}), patterns...) {
			for _, f := range res.Findings {
				if certain(f) {
					want = append(want, f.Pooler+" "+f.Message)
				}
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%s: together\n%s\nalone\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestCompareNamesABadPooler(t *testing.T) {
	if _, err := analyzer.Compare(analyzer.Options{}, "rdsproxy", "pgbounce"); err == nil || !strings.Contains(err.Error(), `"pgbounce"`) {
		t.Errorf("got %v", err)
	}
	if _, err := analyzer.Compare(analyzer.Options{}); err == nil {
		t.Error("nothing to compare is no error")
	}
}

func TestFindingsNameTheirDeclaration(t *testing.T) {
	funcs := map[string]bool{}
	for _, res := range analyse(t, analyzer.New(analyzer.Options{Pooler: "pgbouncer"}), "./demo") {
		for _, f := range res.Findings {
			funcs[f.Func] = true
			if !strings.HasPrefix(f.Message, f.Text+": ") || f.Text == "" {
				t.Errorf("%q does not begin with %q", f.Message, f.Text)
			}
		}
	}
	for _, name := range []string{"report", "setTenant", "listenForOrders", "000001_orders.up.sql"} {
		if !funcs[name] {
			t.Errorf("nothing in %s; found in %v", name, funcs)
		}
	}
}

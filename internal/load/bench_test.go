package load_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// noopFact makes the drivers treat noop as an analyzer with facts.
type noopFact struct{}

func (*noopFact) AFact() {}

var noop = &analysis.Analyzer{
	Name:             "noop",
	Doc:              "noop does nothing: what is left is the cost of loading",
	Requires:         []*analysis.Analyzer{inspect.Analyzer},
	Run:              func(*analysis.Pass) (any, error) { return nil, nil },
	FactTypes:        []analysis.Fact{new(noopFact)},
	RunDespiteErrors: true,
}

// The benchmarks run over the module in the folder that POOLVET_BENCH_DIR names.
func BenchmarkNoop(b *testing.B)    { benchmark(b, noop, func() func(*analysis.Pass) bool { return nil }) }
func BenchmarkPoolvet(b *testing.B) { benchmark(b, analyzer.Analyzer, bodies) }

func bodies() func(*analysis.Pass) bool {
	wants, err := analyzer.Bodies(analyzer.Options{})
	if err != nil {
		panic(err)
	}
	return wants
}

func benchmark(b *testing.B, a *analysis.Analyzer, bodies func() func(*analysis.Pass) bool) {
	dir := os.Getenv("POOLVET_BENCH_DIR")
	if dir == "" {
		b.Skip("POOLVET_BENCH_DIR names no module")
	}
	for b.Loop() {
		p, err := load.Load(load.Config{Dir: dir, FromSource: sqlflow.MayWrap}, "./...")
		if err != nil {
			b.Fatal(err)
		}
		p.Bodies = bodies()
		packages, found := 0, 0
		p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
			packages++
			if res, ok := r.Values[a].(*analyzer.Result); ok {
				found += len(res.Findings)
			}
			if len(r.Errors) > 0 {
				b.Logf("%s: %v", r.Path, r.Errors[0])
			}
		})
		b.ReportMetric(float64(packages), "packages")
		b.ReportMetric(float64(found), "findings")
	}
	if peak, err := peakMemory(); err == nil {
		b.ReportMetric(float64(peak)/1e3, "MB-peak")
	}
}

// peakMemory is the most that this process ever had resident, in kB: run one
// benchmark in a process to compare them. Only Linux tells it this way.
func peakMemory() (kB int, err error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	_, err = fmt.Sscan(rest, &kB)
	return kB, err
}

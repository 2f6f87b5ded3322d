package frontends

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/poolvet/poolvet/analyzer"
)

// poolers are those of testdata, by folder and by server: what folders are called
// is known to each front end.
const poolers = "rdsproxy,./behind/analytics/...=pgbouncer@1.21,./behind/jobs=none,host:db-direct.internal=none"

// Whatever runs the analyzer over testdata, it reports the same.
func TestEveryDriverFindsTheSame(t *testing.T) {
	// Where the module's SQL files are, only poolvet itself finds out.
	migrations := filepath.Join(testdata, "routines", "migrations")
	flags := []string{"-schema=" + migrations, "-pooler=" + poolers}
	want := byPoolvet(t, poolvet(t), testdata, flags...)
	if len(want) < 100 {
		t.Fatalf("only %d findings", len(want))
	}
	for name, driver := range map[string]func(*testing.T) []finding{
		"poolvet without C": func(t *testing.T) []finding { return byPoolvet(t, withoutC(t), testdata, flags...) },
		"go vet":            func(t *testing.T) []finding { return byVet(t, poolvet(t), testdata, flags...) },
		"analysistest":      func(t *testing.T) []finding { return byAnalysistest(t, migrations) },
	} {
		t.Run(name, func(t *testing.T) { same(t, driver(t), want) })
	}
	// golangci-lint drops findings outside Go files, so that the plugin moves
	// them, and so does a flag of poolvet.
	moved := byPoolvet(t, poolvet(t), testdata, append(slices.Clone(flags), "-at-embed")...)
	t.Run("findings in embedded files", func(t *testing.T) { sameButMoved(t, moved, want) })
	for i := range moved { // golangci-lint shortens paths in what it says
		moved[i].message = strings.ReplaceAll(moved[i].message, testdata+"/", "")
	}
	t.Run("golangci-lint", func(t *testing.T) {
		same(t, byGolangci(t, testdata, config(t, "schema: ["+migrations+"]\npooler: '"+poolers+"'")), moved)
	})
}

// same tells what one driver finds and the other does not.
func same(t *testing.T, got, want []finding) {
	t.Helper()
	in := map[finding]int{}
	for _, f := range got {
		in[f]++
	}
	for _, f := range want {
		in[f]--
	}
	for f, n := range in {
		if n > 0 {
			t.Errorf("reported too: %+v", f)
		}
		if n < 0 {
			t.Errorf("not reported: %+v", f)
		}
	}
}

var place = regexp.MustCompile(`^(\S+\.sql):(\d+): `)

// sameButMoved checks that -at-embed changes the place of what is in an
// embedded file, and of nothing else.
func sameButMoved(t *testing.T, moved, want []finding) {
	t.Helper()
	told := func(f finding) string { return fmt.Sprintf("%s:%d: %s", f.file, f.line, f.message) }
	in := map[string]bool{}
	for _, f := range want {
		in[told(f)] = true
	}
	n := 0
	for _, f := range moved {
		if !strings.HasSuffix(f.file, ".go") {
			t.Errorf("not in a Go file: %+v", f)
		}
		if m := place.FindStringSubmatch(f.message); m != nil {
			n++
			f = finding{file: filepath.ToSlash(filepath.Join(filepath.Dir(f.file), m[1])), message: f.message[len(m[0]):]}
			fmt.Sscan(m[2], &f.line)
		}
		if !in[told(f)] {
			t.Errorf("reported too: %s", told(f))
		}
	}
	if n == 0 || len(moved) != len(want) {
		t.Errorf("%d findings, %d of them moved, and %d without the flag", len(moved), n, len(want))
	}
}

// byAnalysistest are the findings of x/tools' test driver.
func byAnalysistest(t *testing.T, schema string) (all []finding) {
	for _, r := range analysistest.Run(ignoring{}, testdata, analyzer.New(analyzer.Options{Schema: []string{schema}, Pooler: poolers}), "./...") {
		if r.Err != nil {
			t.Error(r.Err)
		}
		for _, d := range r.Action.Diagnostics {
			p := r.Action.Package.Fset.Position(d.Pos)
			all = append(all, finding{relative(t, testdata, p.Filename), p.Line, p.Column, d.Message})
		}
	}
	return inOrder(all)
}

// ignoring leaves the want comments alone: some folders are for a pooler of
// their own, as the analyzer's tests know.
type ignoring struct{}

func (ignoring) Errorf(string, ...any) {}

package analyzer_test

import (
	"flag"
	"go/format"
	"os"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/poolvet/poolvet/analyzer"
)

// fixFolders are the folders of testdata whose findings have fixes, and the
// options with which they have them.
var fixFolders = []struct {
	opts    analyzer.Options
	folders []string
}{
	{analyzer.Options{}, []string{"./fix/rdsproxy", "./fix/locks"}},
	{analyzer.Options{Pooler: "pgbouncer"}, []string{"./fix/pgbouncer"}},
	{analyzer.Options{Pooler: "pgbouncer@1.18", FixListener: true}, []string{"./fix/sql", "./fix/pgx5", "./fix/pgxpool", "./fix/others", "./fix/pq", "./fix/unlinked"}},
}

// Each file with fixes has a golden file beside it; go test -update writes them.
func TestFixes(t *testing.T) {
	for _, test := range fixFolders {
		a := analyzer.New(test.opts)
		if flag.Lookup("update").Value.String() == "true" {
			for file, content := range fixed(t, analysistest.Run(t, "../testdata", a, test.folders...)) {
				if err := os.WriteFile(file+".golden", content, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
		wellFormed(t, analysistest.RunWithSuggestedFixes(t, "../testdata", a, test.folders...))
	}
}

// fixed are the files that fixes change, with all of them applied.
func fixed(t *testing.T, results []*analysistest.Result) map[string][]byte {
	t.Helper()
	edits := map[string][]analysis.TextEdit{}
	files := map[string][]byte{}
	for _, r := range results {
		for _, d := range r.Action.Diagnostics {
			for _, fix := range d.SuggestedFixes {
				for _, e := range fix.TextEdits {
					file := r.Action.Package.Fset.File(e.Pos)
					base := e.Pos - file.Pos(0)
					e.End = e.End - e.Pos + base
					e.Pos = base
					edits[file.Name()] = append(edits[file.Name()], e)
				}
			}
		}
	}
	for name, edits := range edits {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(b.Pos - a.Pos) })
		for _, e := range edits {
			content = slices.Concat(content[:e.Pos], e.NewText, content[e.End:])
		}
		clean, err := format.Source(content)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, content)
		}
		files[name] = clean
	}
	return files
}

// wellFormed checks what every driver of the analyzer wants: one fix at most of
// a finding, in its own file, and no two that edit the same.
func wellFormed(t *testing.T, results []*analysistest.Result) {
	t.Helper()
	for _, r := range results {
		fset := r.Action.Package.Fset
		var edits []analysis.TextEdit
		for _, d := range r.Action.Diagnostics {
			if len(d.SuggestedFixes) > 1 {
				t.Errorf("%s: %d fixes", fset.Position(d.Pos), len(d.SuggestedFixes))
			}
			for _, fix := range d.SuggestedFixes {
				if len(fix.TextEdits) == 0 || fix.Message == "" {
					t.Errorf("%s: an empty fix", fset.Position(d.Pos))
				}
				edits = append(edits, fix.TextEdits...)
				for _, e := range fix.TextEdits {
					if file := fset.File(e.Pos); file != fset.File(d.Pos) || e.End < e.Pos || int(e.End) > file.Base()+file.Size() {
						t.Errorf("%s: an edit elsewhere: %s", fset.Position(d.Pos), fset.Position(e.Pos))
					}
				}
			}
		}
		slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
		for i := range edits[:max(0, len(edits)-1)] {
			if edits[i].End > edits[i+1].Pos {
				t.Errorf("%s: two fixes edit the same", fset.Position(edits[i+1].Pos))
			}
		}
	}
}

func TestNoModeThatHarms(t *testing.T) {
	for _, mode := range []string{"simple_protocol", "describe_exec", "cache_statement"} {
		if err := (analyzer.Options{ExecMode: mode}).Validate(); err == nil {
			t.Errorf("%s is no mode to set", mode)
		}
	}
}

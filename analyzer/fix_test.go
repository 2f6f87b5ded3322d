package analyzer_test

import (
	"flag"
	"go/format"
	"os"
	"os/exec"
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
	{analyzer.Options{Pooler: "pgbouncer@1.18"}, []string{"./fix/sql"}},
	{analyzer.Options{Pooler: "pgbouncer"}, []string{"./fix/pgbouncer"}},
	{analyzer.Options{Pooler: "pgbouncer@1.18", FixListener: true}, []string{"./fix/pgx5", "./fix/pgxpool", "./fix/others", "./fix/bytes"}},
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
		analysistest.RunWithSuggestedFixes(t, "../testdata", a, test.folders...)
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

// The fixed testdata compiles, and a second run finds nothing that a fix was
// for, nor has fixes of its own.
func TestFixedCode(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../testdata")); err != nil {
		t.Fatal(err)
	}
	for _, test := range fixFolders {
		before := analysistest.Run(quiet{}, dir, analyzer.New(test.opts), test.folders...)
		wellFormed(t, before)
		for file, content := range fixed(t, before) {
			if err := os.WriteFile(file, content, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		build := exec.Command("go", append([]string{"build"}, test.folders...)...)
		build.Dir = dir
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("the fixed code does not compile: %s", out)
		}
		gone, left := 0, 0
		for _, r := range before {
			for _, d := range r.Action.Diagnostics {
				gone += len(d.SuggestedFixes)
				left += 1 - len(d.SuggestedFixes)
			}
		}
		if gone == 0 {
			t.Errorf("%v: no fixes", test.folders)
		}
		for _, r := range analysistest.Run(quiet{}, dir, analyzer.New(test.opts), test.folders...) {
			for _, d := range r.Action.Diagnostics {
				left--
				for _, fix := range d.SuggestedFixes {
					t.Errorf("%s: %s: another fix: %s", r.Action.Package.Fset.Position(d.Pos), d.Message, fix.Message)
				}
			}
		}
		if left < 0 {
			t.Errorf("%v: %d findings more than the fixes should leave", test.folders, -left)
		}
	}
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

// quiet takes the place of a test where what is found is not as expected.
type quiet struct{}

func (quiet) Errorf(string, ...any) {}

// titles are what the fixes in a folder say, with the text that they put in.
func titles(t *testing.T, opts analyzer.Options, folder string) (all []string) {
	t.Helper()
	for _, r := range analysistest.Run(quiet{}, "../testdata", analyzer.New(opts), folder) {
		for _, d := range r.Action.Diagnostics {
			for _, fix := range d.SuggestedFixes {
				all = append(all, fix.Message)
				for _, e := range fix.TextEdits {
					all = append(all, string(e.NewText))
				}
			}
		}
	}
	return all
}

func TestOptionsOfFixes(t *testing.T) {
	old := analyzer.Options{Pooler: "pgbouncer@1.18", ExecMode: "exec"}
	if got := titles(t, old, "./fix/pgxpool"); !slices.Contains(got, "\n\tconfig.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec") {
		t.Errorf("exec mode: %q", got)
	}
	if got := titles(t, old, "./fix/others"); slices.Contains(got, "Poll only") || len(got) == 0 {
		t.Errorf("river polls though nobody asked for it: %q", got)
	}
	if err := (analyzer.Options{ExecMode: "simple_protocol"}).Validate(); err == nil {
		t.Error("simple_protocol is no mode to set")
	}
	// Where the result is contested itself, it is no fix, reported or not.
	for _, strict := range []bool{false, true} {
		if got := titles(t, analyzer.Options{Strict: strict}, "./set-role"); len(got) > 0 {
			t.Errorf("strict %t on RDS Proxy: %q", strict, got)
		}
	}
}

package analyzer_test

import (
	"bytes"
	"flag"
	"go/format"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"github.com/poolvet/poolvet/analyzer"
)

// fixFolders are the folders of testdata whose findings have fixes, and the
// options with which they have them.
var fixFolders = []struct {
	opts    analyzer.Options
	folders string
}{
	{analyzer.Options{}, "fix/rdsproxy fix/locks"},
	{analyzer.Options{Pooler: "pgbouncer"}, "fix/pgbouncer"},
	{analyzer.Options{Pooler: "pgbouncer@1.18", FixListener: true}, "fix/sql fix/pgx5 fix/pgxpool fix/others fix/pq fix/unlinked"},
}

// Each file with fixes has a golden file beside it; go test -update writes them.
func TestFixes(t *testing.T) {
	for _, test := range fixFolders {
		checkWants(t, test.opts, "want", test.folders)
		files := fixed(t, test.opts, test.folders)
		for name, content := range files {
			golden := name + ".golden"
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(golden, content, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, content) {
				t.Errorf("%s: %v: fixed it is\n%s", golden, err, content)
			}
		}
		for folder := range strings.FieldsSeq(test.folders) {
			goldens, _ := filepath.Glob(filepath.Join("../testdata", folder, "*.golden"))
			for _, golden := range goldens {
				if abs, err := filepath.Abs(strings.TrimSuffix(golden, ".golden")); err != nil || files[abs] == nil {
					t.Errorf("%s: nothing is fixed: %v", golden, err)
				}
			}
		}
	}
}

// fixed are the files that fixes change, with all of them applied, by their full
// names. What every driver of the analyzer wants is checked: one fix at most of
// a finding, in its own file, and no two that edit the same, but for the very
// same edit.
func fixed(t *testing.T, opts analyzer.Options, folders string) map[string][]byte {
	t.Helper()
	edits := map[string][]udiff.Edit{}
	analysed(t, opts, folders, func(fset *token.FileSet, f analyzer.Finding) {
		if f.Fix == nil {
			return
		}
		if len(f.Fix.TextEdits) == 0 || f.Fix.Message == "" {
			t.Errorf("%s: an empty fix", fset.Position(f.Pos))
		}
		file := fset.File(f.Pos)
		for _, e := range f.Fix.TextEdits {
			if fset.File(e.Pos) != file || e.End < e.Pos || int(e.End) > file.Base()+file.Size() {
				t.Fatalf("%s: an edit elsewhere: %s", fset.Position(f.Pos), fset.Position(e.Pos))
			}
			edit := udiff.Edit{Start: file.Offset(e.Pos), End: file.Offset(e.End), New: string(e.NewText)}
			if !slices.Contains(edits[file.Name()], edit) {
				edits[file.Name()] = append(edits[file.Name()], edit)
			}
		}
	})
	files := map[string][]byte{}
	for name, edits := range edits {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		after, err := udiff.Apply(string(content), edits)
		if err != nil {
			t.Fatalf("%s: two fixes edit the same: %v", name, err)
		}
		clean, err := format.Source([]byte(after))
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, after)
		}
		files[name] = clean
	}
	return files
}

func TestNoModeThatHarms(t *testing.T) {
	for _, mode := range []string{"simple_protocol", "describe_exec", "cache_statement"} {
		if err := (analyzer.Options{ExecMode: mode}).Validate(); err == nil {
			t.Errorf("%s is no mode to set", mode)
		}
	}
}

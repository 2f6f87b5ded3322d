package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
)

var want = regexp.MustCompile("-- want `(.*)`")

// What is found in an embedded file stands in that file, at its line;
// analysistest reads no expectations there.
func TestEmbeddedFiles(t *testing.T) {
	expected := map[string]*regexp.Regexp{} // by file:line
	files, _ := filepath.Glob("../testdata/embedded/*/*.sql")
	further, _ := filepath.Glob("../testdata/embedded/*/*/*.sql")
	files = append(files, further...)
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		abs, _ := filepath.Abs(name)
		for i, line := range strings.Split(string(content), "\n") {
			if m := want.FindStringSubmatch(line); m != nil {
				expected[fmt.Sprintf("%s:%d", abs, i+1)] = regexp.MustCompile(m[1])
			}
		}
	}
	if len(expected) == 0 {
		t.Fatal("no expectations")
	}
	p, err := load.Load(load.Config{Dir: "../testdata"}, "./embedded/...")
	if err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(analyzer.Options{})
	p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
		for _, err := range r.Errors {
			t.Error(err)
		}
		for _, f := range r.Values[a].(*analyzer.Result).Findings {
			pos := p.Fset.Position(f.Pos)
			if !strings.HasSuffix(pos.Filename, ".sql") {
				continue // analysistest's
			}
			at := fmt.Sprintf("%s:%d", pos.Filename, pos.Line)
			if re := expected[at]; re == nil || !re.MatchString(f.Message) {
				t.Errorf("%s: unexpected: %s", at, f.Message)
			}
			delete(expected, at)
		}
	})
	for at, re := range expected {
		t.Errorf("%s: nothing matches %s", at, re)
	}
}

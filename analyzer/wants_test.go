package analyzer_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
)

var quoted = regexp.MustCompile("`([^`]+)`")

// checkWants compares the findings in a folder of testdata with its comments
// KEY and regexps, on the line: a key for each pooler, where a folder is
// for several.
func checkWants(t *testing.T, opts analyzer.Options, key, folder string) {
	t.Helper()
	want := wants(t, key, filepath.Join("../testdata", folder))
	if len(want) == 0 {
		t.Fatal("no expectations")
	}
	each(t, opts, folder, func(file string, line int, f analyzer.Finding) {
		at := fmt.Sprintf("%s:%d", file, line)
		if rest, ok := cross(want[at], f.Message); ok {
			want[at] = rest
		} else {
			t.Errorf("%s behind %s: unexpected: %s", at, opts.Pooler, f.Message)
		}
	})
	for at, left := range want {
		for _, re := range left {
			t.Errorf("%s behind %s: nothing matches %s", at, opts.Pooler, re)
		}
	}
}

// each gives the findings in a folder of testdata, with their places.
func each(t *testing.T, opts analyzer.Options, folder string, finding func(file string, line int, f analyzer.Finding)) {
	t.Helper()
	p, err := load.Load(load.Config{Dir: "../testdata"}, "./"+folder+"/...")
	if err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(opts)
	p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
		for _, err := range r.Errors {
			t.Error(err)
		}
		for _, f := range r.Values[a].(*analyzer.Result).Findings {
			pos := p.Fset.Position(f.Pos)
			finding(pos.Filename, pos.Line, f)
		}
	})
}

// cross takes the first expectation that message fulfils off the list.
func cross(list []*regexp.Regexp, message string) ([]*regexp.Regexp, bool) {
	for i, re := range list {
		if re.MatchString(message) {
			return append(list[:i:i], list[i+1:]...), true
		}
	}
	return list, false
}

// wants are the expectations of the Go and SQL files below dir, by file:line.
func wants(t *testing.T, key, dir string) map[string][]*regexp.Regexp {
	t.Helper()
	want := map[string][]*regexp.Regexp{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".sql") {
			return err
		}
		content, err := os.ReadFile(name)
		abs, _ := filepath.Abs(name)
		for i, line := range strings.Split(string(content), "\n") {
			for _, comment := range strings.Split(line, "// ")[1:] {
				if rest, ok := strings.CutPrefix(comment, key+" "); ok {
					at := fmt.Sprintf("%s:%d", abs, i+1)
					for _, m := range quoted.FindAllStringSubmatch(rest, -1) {
						want[at] = append(want[at], regexp.MustCompile(m[1]))
					}
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return want
}

package analyzer_test

import (
	"fmt"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
)

var quoted = regexp.MustCompile("(package:)?`([^`]+)`") // package: is of a fact

// checkWants compares the findings in folders of testdata, with spaces between
// them, with their comments KEY and regexps, on the line: a key for each pooler,
// where a folder is for several.
func checkWants(t *testing.T, opts analyzer.Options, key, folders string) {
	t.Helper()
	want := map[string][]*regexp.Regexp{}
	for folder := range strings.FieldsSeq(folders) {
		maps.Copy(want, wants(t, key, filepath.Join("../testdata", folder)))
	}
	if len(want) == 0 {
		t.Fatal("no expectations")
	}
	each(t, opts, folders, func(file string, line int, f analyzer.Finding) {
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

// each gives the findings in folders of testdata, with their places.
func each(t *testing.T, opts analyzer.Options, folders string, finding func(file string, line int, f analyzer.Finding)) {
	t.Helper()
	analysed(t, opts, folders, func(fset *token.FileSet, f analyzer.Finding) {
		pos := fset.Position(f.Pos)
		finding(pos.Filename, pos.Line, f)
	})
}

func analysed(t *testing.T, opts analyzer.Options, folders string, finding func(*token.FileSet, analyzer.Finding)) {
	t.Helper()
	var patterns []string
	for folder := range strings.FieldsSeq(folders) {
		patterns = append(patterns, "./"+folder+"/...")
	}
	p, err := load.Load(load.Config{Dir: "../testdata"}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if p.Bodies, err = analyzer.Bodies(opts); err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(opts)
	p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
		for _, err := range r.Errors {
			t.Error(err)
		}
		for _, f := range r.Values[a].(*analyzer.Result).Findings {
			finding(p.Fset, f)
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
						if m[1] == "" {
							want[at] = append(want[at], regexp.MustCompile(m[2]))
						}
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

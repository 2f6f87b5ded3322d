package analyzer

import (
	"flag"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

func TestEveryRuleHasAPage(t *testing.T) {
	for _, rule := range rules {
		var headings []string
		for line := range strings.Lines(rule.Doc()) {
			if heading, ok := strings.CutPrefix(line, "## "); ok {
				headings = append(headings, strings.TrimSpace(heading))
			}
		}
		if !slices.Equal(headings, docSections) {
			t.Errorf("%s: headings %q, want %q", rule.ID, headings, docSections)
		}
		if !strings.HasPrefix(rule.Doc(), "# "+rule.ID+"\n") {
			t.Errorf("%s: its page has another title", rule.ID)
		}
		for _, heading := range docSections {
			if rule.Section(heading) == "" {
				t.Errorf("%s: %s is empty", rule.ID, heading)
			}
		}
		if !strings.Contains(rule.Section("References"), "](https://") {
			t.Errorf("%s: no reference has a link", rule.ID)
		}
	}
}

func TestEveryPageHasARule(t *testing.T) {
	pages, err := fs.Glob(ruleDocs, "ruledocs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != len(rules) {
		t.Errorf("%d pages for %d rules: %q", len(pages), len(rules), pages)
	}
}

func TestGoExamplesParse(t *testing.T) {
	for _, rule := range rules {
		if !strings.Contains(rule.Section("Bad"), "```go\n") {
			t.Errorf("%s: no bad Go code", rule.ID)
		}
		for _, heading := range []string{"Bad", "Good"} {
			for _, block := range strings.Split(rule.Section(heading), "```go\n")[1:] {
				code, _, _ := strings.Cut(block, "\n```")
				if !parses(code) {
					t.Errorf("%s: not Go under %s:\n%s", rule.ID, heading, code)
				}
			}
		}
	}
}

// parses says whether code is Go: declarations, or statements of a function.
func parses(code string) bool {
	for _, file := range []string{"package p\n" + code, "package p\nfunc _() {\n" + code + "\n}"} {
		if _, err := parser.ParseFile(token.NewFileSet(), "", file, parser.SkipObjectResolution); err == nil {
			return true
		}
	}
	return false
}

func TestSectionOfAnUnknownHeadingIsEmpty(t *testing.T) {
	if text := LookupRule("listen").Section("No such heading"); text != "" {
		t.Errorf("got %q", text)
	}
}

func TestPublishedPages(t *testing.T) {
	for _, rule := range rules {
		file := filepath.Join("..", "docs", "rules", rule.ID+".md")
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(rule.Page()), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if published, err := os.ReadFile(file); err != nil || string(published) != rule.Page() {
			t.Errorf("%s is not what the rule says (%v); run go test -run TestPublishedPages -update", file, err)
		}
	}
}

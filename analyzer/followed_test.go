package analyzer_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

func TestFollowed(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.26"}, "want", "followed")
}

// The examples of docs/followed.md are those that TestFollowed reads: with
// "found" where something is wanted.
func TestFollowedDocs(t *testing.T) {
	page, err := os.ReadFile("../docs/followed.md")
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`[ \t]*// want .*`)
	var code strings.Builder
	for _, name := range []string{"followed.go", "not.go"} {
		src, err := os.ReadFile("../testdata/followed/" + name)
		if err != nil {
			t.Fatal(err)
		}
		code.WriteString(want.ReplaceAllString(string(src), " // found"))
	}
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```$").FindAllStringSubmatch(string(page), -1)
	if len(blocks) < 8 {
		t.Errorf("only %d examples", len(blocks))
	}
	for _, b := range blocks {
		for decl := range strings.SplitSeq(strings.TrimSpace(b[1]), "\n\n") {
			if !strings.Contains(code.String(), decl) {
				t.Errorf("testdata/followed does not have\n%s", decl)
			}
		}
	}
}

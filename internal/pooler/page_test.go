package pooler

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

var update = flag.Bool("update", false, "write docs/verdicts.md instead of comparing with it")

func TestPublishedPage(t *testing.T) {
	const file = "../../docs/verdicts.md"
	page := Page()
	if *update {
		if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if published, err := os.ReadFile(file); err != nil || string(published) != page {
		t.Errorf("%s is not what the table says (%v); run go generate ./...", file, err)
	}
}

// Each product has a section with a cell for each kind, or says whose cells it has.
func TestPageHasEveryCell(t *testing.T) {
	for section := range strings.SplitSeq(Page(), "\n## ") {
		title, rest, _ := strings.Cut(section, "\n")
		if strings.HasPrefix(title, "# ") || strings.Contains(rest, "\nAs PgBouncer") {
			continue
		}
		for _, kind := range effect.Kinds() {
			if !strings.Contains(rest, "\n| `"+string(kind)+"` |") {
				t.Errorf("%s: no cell of %s", title, kind)
			}
		}
	}
}

package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

var update = flag.Bool("update", false, "write the generated tables of docs")

// The tables of docs are written by go generate, and this is what CI checks them
// with.
func TestTablesOfDocs(t *testing.T) {
	for page, table := range map[string]func() string{"rules": rulesTable, "poolers": poolersTable} {
		file := filepath.Join("..", "..", "docs", page+".md")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		begin, end := "<!-- "+page+": go generate ./... -->\n", "<!-- end -->"
		before, rest, ok := strings.Cut(string(text), begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("no place for the table of %s", page)
		}
		switch got := before + begin + table() + end + after; {
		case *update:
			if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		case got != string(text):
			t.Errorf("docs/%s.md is not what the rules and the poolers say; run go generate ./...", page)
		}
	}
}

func rulesTable() string {
	var b strings.Builder
	b.WriteString("| rule | finds |\n|---|---|\n")
	for _, r := range analyzer.Rules() {
		fmt.Fprintf(&b, "| [%s](rules/%[1]s.md) | %s |\n", r.ID, r.Summary)
	}
	return b.String()
}

// tableColumns are the effects that tell poolers apart.
var tableColumns = []struct {
	title string
	kind  effect.Kind
}{
	{"`SET`", effect.Set},
	{"`SET LOCAL`", effect.SetLocal},
	{"`CREATE TEMP`", effect.TempObject},
	{"`LISTEN`", effect.Listen},
	{"session lock", effect.AdvisoryLock},
	{"named statement", effect.NamedStatement},
	{"split statement", effect.SplitStatement},
}

// evidenceMarks follow an outcome. What a vendor or the source says has none.
var evidenceMarks = map[pooler.Evidence]string{
	pooler.Measured: "ᵐ", pooler.Reported: "ʳ", pooler.Contested: "ᶜ", pooler.Inferred: "ⁱ",
}

func poolersTable() string {
	var b strings.Builder
	b.WriteString("| `-pooler=` | |")
	for _, c := range tableColumns {
		b.WriteString(" " + c.title + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(tableColumns)) + "\n")
	for _, p := range pooler.All() {
		fmt.Fprintf(&b, "| `%s` | %s |", p.Name, p.Title)
		for _, c := range tableColumns {
			v := p.Verdict(effect.Effect{Kind: c.kind, Object: "statement_timeout"})
			fmt.Fprintf(&b, " %s%s |", v.Outcome, evidenceMarks[v.Evidence])
		}
		b.WriteString("\n")
	}
	b.WriteString("\nNo mark: documented by the vendor, or in the pooler's own source. ᵐ measured, ʳ reported by users, ᶜ contested: sources disagree, ⁱ inferred. The page of each rule has all its verdicts.\n")
	return b.String()
}

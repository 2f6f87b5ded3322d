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

var update = flag.Bool("update", false, "write the generated parts of README.md")

// The tables of README.md are written by go generate, and this is what CI
// checks them with.
func TestTablesOfREADME(t *testing.T) {
	file := filepath.Join("..", "..", "README.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	for name, table := range map[string]string{"rules": rulesTable(), "poolers": poolersTable()} {
		before, rest, ok := strings.Cut(got, "<!-- "+name+": go generate ./... -->\n")
		_, after, closed := strings.Cut(rest, "<!-- end -->")
		if !ok || !closed {
			t.Fatalf("no place for the table of %s", name)
		}
		got = before + "<!-- " + name + ": go generate ./... -->\n" + table + "<!-- end -->" + after
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != string(text) {
		t.Error("README.md is not what the rules and the poolers say; run go generate ./...")
	}
}

func rulesTable() string {
	var b strings.Builder
	b.WriteString("| rule | finds |\n|---|---|\n")
	for _, r := range analyzer.Rules() {
		fmt.Fprintf(&b, "| [%s](docs/rules/%[1]s.md) | %s |\n", r.ID, r.Summary)
	}
	return b.String()
}

// readmeColumns are the effects that tell poolers apart.
var readmeColumns = []struct {
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
	for _, c := range readmeColumns {
		b.WriteString(" " + c.title + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(readmeColumns)) + "\n")
	for _, p := range pooler.All() {
		fmt.Fprintf(&b, "| `%s` | %s |", p.Name, p.Title)
		for _, c := range readmeColumns {
			v := p.Verdict(effect.Effect{Kind: c.kind, Object: "statement_timeout"})
			fmt.Fprintf(&b, " %s%s |", v.Outcome, evidenceMarks[v.Evidence])
		}
		b.WriteString("\n")
	}
	b.WriteString("\nNo mark: documented by the vendor, or in the pooler's own source. ᵐ measured, ʳ reported by users, ᶜ contested: sources disagree, ⁱ inferred. The page of each rule has all its verdicts.\n")
	return b.String()
}

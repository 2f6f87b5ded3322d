package comparison

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pooler"
)

// worstCase has, behind every pooler and by every rule, each outcome, certain
// and not, a hundred times, and settings with long names.
func worstCase() *Comparison {
	c := &Comparison{Report: new(output.Report)}
	var findings []output.Finding
	for _, rule := range analyzer.Rules() {
		c.Rules = append(c.Rules, rule.ID)
		for _, o := range outcomes {
			for _, evidence := range []string{"measured", "inferred"} {
				findings = append(findings, slices.Repeat([]output.Finding{{Rule: rule.ID, Outcome: string(o.Outcome), Evidence: evidence}}, 100)...)
			}
		}
	}
	for _, p := range pooler.All() {
		row := &Row{Pooler: p, Findings: findings}
		for _, words := range []string{"max_prepared_statements=200", "PostgreSQL 18", "track_extra_parameters=" + strings.Repeat("default_transaction_read_only,", 9) + "search_path"} {
			row.Changes = append(row.Changes, &Changed{Change: pooler.Change{Words: words}, Fewer: 1000})
		}
		c.Rows = append(c.Rows, row)
		c.Summary.Poolers = append(c.Summary.Poolers, p.Title)
	}
	c.Unread = []output.Notice{{Message: "no"}}
	c.Summary.LeftOut = output.LeftOut{Packages: 1000, Texts: 1000, Files: 1000, Ignored: 1000, Direct: 1000, Strict: 1000}
	c.Summary.End(nil)
	return c
}

func TestTableFitsTheScreen(t *testing.T) {
	all := worstCase()
	lists := [][]*Row{all.Rows}
	for _, row := range all.Rows {
		lists = append(lists, []*Row{row})
	}
	for _, rows := range lists {
		c := *all
		c.Rows = rows
		var b strings.Builder
		if err := WriteTable(&b, &c); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if columns := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); columns > 100 {
				t.Errorf("%d poolers: %d columns: %s", len(c.Rows), columns, line)
			}
		}
		for _, row := range c.Rows {
			cells := 0
			for line := range strings.Lines(b.String()) {
				if name, rest, _ := strings.Cut(line, " "); name == row.String() {
					cells += strings.Count(rest, row.byRule("listen").letters())
				}
			}
			if cells != len(c.Rules) {
				t.Errorf("%d poolers: %s has the cells of %d rules, want %d", len(c.Rows), row, cells, len(c.Rules))
			}
		}
	}
}

func TestFold(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, []string{""}},
		{"12345", 5, []string{"12345"}},
		{"12345 67", 5, []string{"12345", "67"}},
		{"123 4567 8", 6, []string{"123", "4567 8"}},
		{"a=b,c,defgh", 6, []string{"a=b,c,", "defgh"}},
		{"äöüäöüäöü", 4, []string{"äöüä", "öüäö", "ü"}},
		{"no x=a,b,c", 6, []string{"no", "x=a,b,", "c"}},
	} {
		if got := fold(test.text, test.width); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", test.want) {
			t.Errorf("%q in %d: %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

// What needs two blocks is not parted into a full one and a small rest.
func TestTableIsPartedEvenly(t *testing.T) {
	p, err := pooler.Lookup("pgbouncer")
	if err != nil {
		t.Fatal(err)
	}
	c := &Comparison{Rows: []*Row{{Pooler: p}}}
	for _, rule := range analyzer.Rules()[:10] {
		c.Rules = append(c.Rules, rule.ID)
	}
	var cells []int
	for _, line := range c.table() {
		if strings.HasPrefix(line, p.String()) {
			cells = append(cells, strings.Count(line, " ."))
		}
	}
	if len(cells) != 2 || min(cells[0], cells[1]) < 4 {
		t.Errorf("%v rules in the blocks of\n%s", cells, strings.Join(c.table(), "\n"))
	}
}

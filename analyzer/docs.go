package analyzer

import (
	"embed"
	"fmt"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

//go:generate go test . -run ^TestPublishedPages -update

// A page for each rule, with the headings of docSections. They are the source
// of `poolvet explain`, of docs/rules and of the help in SARIF output.
//
//go:embed ruledocs/*.md
var ruleDocs embed.FS

// docSections are the headings of every page, in this order.
var docSections = []string{
	"What it finds",
	"Why it matters",
	"What you see",
	"Bad",
	"Good",
	"How to fix it",
	"What it does not report",
	"References",
}

// Doc returns the rule's page, in Markdown.
func (r *Rule) Doc() string {
	text, err := ruleDocs.ReadFile("ruledocs/" + r.ID + ".md")
	if err != nil {
		return r.Summary // no rule is without a page: a test says so
	}
	return string(text)
}

// Section returns the text under one heading of the rule's page, or "".
func (r *Rule) Section(heading string) string {
	_, text, _ := strings.Cut(r.Doc(), "\n## "+heading+"\n")
	text, _, _ = strings.Cut(text, "\n## ")
	return strings.TrimSpace(text)
}

// Page returns the rule's page with what becomes of its effects behind each
// pooler.
func (r *Rule) Page() string {
	var page strings.Builder
	page.WriteString(strings.TrimRight(r.Doc(), "\n") + "\n\n## Verdicts\n\n")
	if r.ID == localOutsideTx {
		page.WriteString("The same behind every pooler and without one.\n\n")
		for _, kind := range r.Kinds {
			v := pooler.OutsideTransaction(kind)
			fmt.Fprintf(&page, "- `%s`: %s\n", kind, v.Why)
		}
		return page.String()
	}
	page.WriteString("| pooler |")
	for _, kind := range r.Kinds {
		fmt.Fprintf(&page, " %s |", kind)
	}
	page.WriteString("\n|" + strings.Repeat("---|", len(r.Kinds)+1) + "\n")
	for _, p := range pooler.All() {
		page.WriteString("| " + p.Title + " |")
		for _, kind := range r.Kinds {
			v := p.Verdict(effect.Effect{Kind: kind, Local: effect.False})
			page.WriteString(" " + verdictCell(v) + " |")
		}
		page.WriteString("\n")
	}
	page.WriteString("\nEvidence other than the vendor's word or a measurement is in brackets; what is marked * is reported with `-strict` only.\n")
	return page.String()
}

// verdictCell is a verdict as Page's table shows it.
func verdictCell(v pooler.Verdict) string {
	text := string(v.Outcome)
	if v.Outcome == pooler.OK {
		return text
	}
	if v.Evidence != pooler.Documented && v.Evidence != pooler.Measured {
		text += " (" + string(v.Evidence) + ")"
	}
	if v.Strict {
		text += " *"
	}
	return text
}

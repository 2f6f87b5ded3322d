package analyzer

import (
	"embed"
	"strings"
)

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

package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/corpus"
)

// A finding as each tool prints it, and what stands around it.
func TestReadLines(t *testing.T) {
	for _, c := range []struct {
		tool, out, file, message string
		end                      int
	}{
		{"golangci-lint", "/src/db/a.go:7:14: rows.Err must be checked (rowserrcheck)\n1 issues:\n* rowserrcheck: 1\n", "/src/db/a.go", "rows.Err must be checked (rowserrcheck)", 0},
		{"sqlvet", "db/a.go:7:14: potentially unsafe query string\n", "db/a.go", "potentially unsafe query string", 0},
		{"unqueryvet", "/src/db/a.go:7:2: warning: [low] transaction tx is not closed\n  Suggestion: defer tx.Rollback()\n", "/src/db/a.go", "warning: [low] transaction tx is not closed", 0},
		{"gosec", "/src/db/a.go:7:14: [CWE-89] SQL string formatting (Rule:G201, Severity:MEDIUM, Confidence:HIGH)\n", "/src/db/a.go", "[CWE-89] SQL string formatting (Rule:G201, Severity:MEDIUM, Confidence:HIGH)", 0},
		{"squawk", "db/migrations/1.sql:7:1: warning: prefer-robust-stmts Missing IF NOT EXISTS\n", "db/migrations/1.sql", "warning: prefer-robust-stmts Missing IF NOT EXISTS", 0},
		{"pg-bounceguard", "/src/db/a.go:7-9: pgBounceGuard: SET/RESET statement detected\n", "/src/db/a.go", "pgBounceGuard: SET/RESET statement detected", 9},
	} {
		found, err := readLines([]byte(c.out))
		want := []corpus.Finding{{File: c.file, Line: 7, EndLine: c.end, Message: c.message}}
		if err != nil || !slices.Equal(found, want) {
			t.Errorf("%s: %v, %v, want %v", c.tool, found, err, want)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, c := range [][2]string{{"a.go", "cmd/x/a.go"}, {"../a.go", "cmd/a.go"}, {"/src/db/a.go", "db/a.go"}} {
		if got := within("/src", "/src/cmd/x", c[0]); got != c[1] {
			t.Errorf("%s is %s, want %s", c[0], got, c[1])
		}
	}
}

// Only a finding that can be about the matter says a fault, and a tool that is
// missing has neither row nor column.
func TestReport(t *testing.T) {
	labels, err := corpus.Read(strings.NewReader(`{"file":"a.go","line":3,"sink_line":9,"kind":"listen","effect":"breaks","expected":"report"}
{"file":"a.go","line":4,"kind":"seq-nextval","effect":"pins-only","expected":"report"}
{"file":"a.go","line":5,"kind":"english","effect":"none","expected":"no-report"}`))
	if err != nil {
		t.Fatal(err)
	}
	findings := []corpus.Finding{{File: "a.go", Line: 9, Message: "lost"}, {File: "a.go", Line: 4, Message: "pinned"}, {File: "a.go", Line: 5, Message: "lost"}}
	ps := []project{{repo: "o/n", commit: "0123456789abcdef", packages: 2, labels: labels,
		seen: []seen{{findings: findings}, {findings: findings, failed: "exit status 2"}, {}}}}
	got := report([]other{
		{tool: tool{name: "all"}, version: "1", about: regexp.MustCompile("")},
		{tool: tool{name: "none"}, version: "2"},
		{tool: tool{name: "absent", missing: "not found"}},
	}, ps)
	for _, want := range []string{
		"| all | 1 | 3 | 1 of 1 | 1 of 1 | 2 of 2 | 1 of 1 |",
		"| none | 2 | 3 | 0 of 1 | 0 of 1 | 2 of 2 | 0 of 1 |",
		"| repository | commit | packages | faults | all | none |\n",
		"| o/n | 0123456789ab | 2 | 2 | 2 / 3 | 0 / 3 |\n",
		"| listen | 1 | 1 | 0 |\n",
		"not run: absent: not found\n",
		"failed: none on o/n: exit status 2\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

package analyzer_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/poolvet/poolvet/analyzer"
)

// The rules on configuration, behind a pooler that has a verdict on each.
func TestConfiguration(t *testing.T) {
	for _, r := range analysistest.Run(t, "../testdata", analyzer.New(analyzer.Options{Pooler: "pgbouncer@1.18"}),
		"./named-statement/...", "./split-statement/...", "./startup-parameter/...", "./connect-set/...", "./listener/...",
		"./migration-lock/...", "./dead-option/...", "./remedies/...") {
		for _, d := range r.Diagnostics {
			if strings.Contains(d.Message, "secret") { // the password of the cases
				t.Errorf("a password in a message: %s", d.Message)
			}
		}
	}
}

// openings are what is found in the openings of each library's README: with
// RDS Proxy, PgBouncer 1.18 and the newest PgBouncer.
var openings = map[string][3][]string{
	"pgx":  {{}, {"named-statement"}, {}},
	"pq":   {{}, {"split-statement"}, {"split-statement"}},
	"gorm": {{}, {"named-statement"}, {}},
	"bun":  {{}, {"named-statement"}, {}},
	"sqlx": {{}, {"split-statement"}, {"split-statement"}},
	"gopg": {{}, {}, {}},
	"ent":  {{}, {"split-statement"}, {"split-statement"}},
}

// TestOpenings reads each library's README, and the same with its remedy: that
// has no finding with any pooler.
func TestOpenings(t *testing.T) {
	for i, pooler := range []string{"rdsproxy", "pgbouncer@1.18", "pgbouncer"} {
		got := map[string][]string{}
		each(t, analyzer.Options{Pooler: pooler}, "openings", func(file string, _ int, f analyzer.Finding) {
			lib := filepath.Base(filepath.Dir(file))
			if filepath.Base(file) != "readme.go" {
				t.Errorf("%s: %s: %s", pooler, file, f.Message)
			} else if !slices.Contains(got[lib], f.Rule) {
				got[lib] = append(got[lib], f.Rule)
			}
		})
		for lib, want := range openings {
			if !slices.Equal(got[lib], want[i]) {
				t.Errorf("%s: %s: %v, want %v", pooler, lib, got[lib], want[i])
			}
		}
	}
}

package analyzer_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// Of texts that nothing is seen to run, embedded files and what is exported and
// not named are reported by default, others with -strict, in words that say so.
func TestTextsThatNothingIsSeenToRun(t *testing.T) {
	// What a file undoes itself may be run statement by statement.
	embedded := []string{"0001_init.sql:1 set-parameter", "0001_init.sql:3 set-parameter"}
	exported := "unseen.go:58 listen"
	all := append(slices.Clone(embedded), "unseen.go:22 set-parameter", "unseen.go:30 set-parameter", "unseen.go:39 set-parameter",
		"unseen.go:45 discard", "unseen.go:50 set-role", "unseen.go:55 session-lock", exported)
	for strict, want := range map[bool][]string{false: append(embedded, exported), true: all} {
		var got []string
		each(t, analyzer.Options{Pooler: "pgbouncer", Strict: strict}, "unseen", func(file string, line int, f analyzer.Finding) {
			got = append(got, fmt.Sprintf("%s:%d %s", filepath.Base(file), line, f.Rule))
			if !strings.Contains(f.Message, ": is not seen to run, and where it does, it ") {
				t.Errorf("stated as fact: %s", f.Message)
			}
		})
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("strict %t:\n got %q\nwant %q", strict, got, want)
		}
	}
}

package output

import (
	"strings"
	"testing"
)

func TestLevels(t *testing.T) {
	for _, test := range []struct {
		rule, outcome, evidence, failOn string
		want                            Level
	}{
		{"set-role", "leaks", "documented", "", Error},
		{"set-role", "leaks", "measured", "", Error},
		{"set-role", "leaks", "reported", "", Error},
		{"set-role", "leaks", "contested", "", Warning},
		{"set-role", "leaks", "inferred", "", Warning},
		{"startup-parameter", "refused", "documented", "", Error},
		{"split-statement", "wrong-rows", "measured", "", Error},
		{"set-role", "pins", "documented", "", Warning},
		{"discard", "lost", "documented", "", Warning},
		{"local-outside-tx", "no-effect", "documented", "", Warning},
		{"directive", "", "", "", Warning},
		{"set-role", "ok", "documented", "", Note},
		{"set-role", "leaks", "measured", "leaks", Error},
		{"set-role", "leaks", "inferred", "pins,leaks", Warning},
		{"set-role", "pins", "documented", "leaks,refused", Note},
		{"local-outside-tx", "no-effect", "documented", "leaks", Note},
		{"directive", "", "", "leaks", Warning},
		{"set-role", "ok", "documented", "leaks", Note},
	} {
		f := Finding{Rule: test.rule, Outcome: test.outcome, Evidence: test.evidence}
		r := &Report{Findings: []Finding{f}}
		var failOn []string
		if test.failOn != "" {
			failOn = strings.Split(test.failOn, ",")
		}
		r.End(failOn...)
		if got := r.Findings[0].Level; got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
		if fails := r.Summary.Status == Found; fails != (test.want != Note) {
			t.Errorf("%+v: status %d", test, r.Summary.Status)
		}
	}
}

// What the run does not fail for is counted, and said to be no more than that.
func TestNotesInTheSummary(t *testing.T) {
	leak, pin := Finding{Rule: "a", Package: "p", Outcome: "leaks"}, Finding{Rule: "a", Package: "p", Outcome: "pins"}
	for _, test := range []struct {
		findings []Finding
		levels   Levels
		want     string
	}{
		{[]Finding{leak, pin, pin}, Levels{Error: 1, Note: 2}, "3 findings, of which 2 notes, in 1 package; 1 package read for RDS Proxy; exit status 1: something was found"},
		{[]Finding{leak, pin}, Levels{Error: 1, Note: 1}, "2 findings, of which 1 note, in 1 package; 1 package read for RDS Proxy; exit status 1: something was found"},
		{[]Finding{pin}, Levels{Note: 1}, "1 finding, a note, in 1 package; 1 package read for RDS Proxy; exit status 0: nothing that fails was found"},
		{[]Finding{pin, pin}, Levels{Note: 2}, "2 findings, all of them notes, in 1 package; 1 package read for RDS Proxy; exit status 0: nothing that fails was found"},
		{[]Finding{leak}, Levels{Error: 1}, "1 finding in 1 package; 1 package read for RDS Proxy; exit status 1: something was found"},
		{nil, Levels{}, "nothing found; 1 package read for RDS Proxy; exit status 0: nothing was found"},
	} {
		r := &Report{Findings: test.findings, Summary: Summary{Poolers: []string{"RDS Proxy"}, Packages: 1}}
		r.End("leaks")
		if r.Summary.Levels != test.levels || r.Summary.String() != test.want {
			t.Errorf("%+v: %s", r.Summary.Levels, &r.Summary)
		}
	}
}

package output

import (
	"slices"
	"strings"
	"testing"
)

// The order is that of harm, from every order of the findings.
func TestByRule(t *testing.T) {
	findings := []Finding{
		{Rule: "listen", Outcome: "pins"}, {Rule: "discard", Outcome: "lost"}, {Rule: "discard", Outcome: "lost"},
		{Rule: "set-role", Outcome: "leaks"}, {Rule: "set-parameter", Outcome: "lost"}, {Rule: "set-parameter", Outcome: "leaks"},
		{Rule: "cursor", Outcome: "pins"}, {Rule: "directive"},
	}
	want := `rule           findings  worst
set-parameter  2         error
set-role       1         error
discard        2         warning
directive      1         warning
cursor         1         note
listen         1         note
`
	for range 2 {
		r := &Report{Findings: findings}
		r.End("leaks", "lost")
		var b strings.Builder
		if r.Summary.WriteRules(&b); b.String() != want {
			t.Errorf("got\n%s", &b)
		}
		slices.Reverse(findings)
	}
}

package output

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// manyFindings are n that pin, then n that leak.
func manyFindings(n int) *Report {
	r := &Report{Summary: Summary{Poolers: []string{"RDS Proxy"}, Packages: 1}}
	for i := range 2 * n {
		f := Finding{Rule: "listen", Outcome: "pins", Evidence: "measured", Package: "a", File: "a b.go", Line: i + 1, Message: fmt.Sprintf("LISTEN a_%d: pins (listen)", i)}
		if i >= n {
			f.Outcome = "leaks"
		}
		r.Findings = append(r.Findings, f)
	}
	r.End()
	return r
}

// GitHub shows the first ten annotations of each kind, so that the worst must
// come first, and the notice that there are more before other notices.
func TestGitHubSaysWhatItDoesNotShow(t *testing.T) {
	r := manyFindings(11)
	for range 12 {
		r.Findings = append(r.Findings, Finding{Rule: "listen", Outcome: "ok", Level: Note, Message: "m"})
	}
	var b bytes.Buffer
	if err := writeAnnotations(&b, r); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 35 || !strings.HasPrefix(lines[0], "::error ") || !strings.HasPrefix(lines[11], "::warning ") || !strings.HasPrefix(lines[22], "::notice title=poolvet%3A summary") {
		t.Errorf("got\n%s", &b)
	}
	if want := "; GitHub shows 10 of 11 errors and 10 of 11 warnings and 10 of 13 notices, and all in the step's log and summary"; !strings.HasSuffix(lines[22], want) {
		t.Errorf("the summary says %s", lines[22])
	}
	b.Reset()
	if err := writeAnnotations(&b, manyFindings(10)); err != nil || strings.Contains(b.String(), "GitHub shows") {
		t.Errorf("%v in\n%s", err, &b)
	}
}

func TestStepSummary(t *testing.T) {
	r := manyFindings(1)
	r.Unread = []Notice{{Kind: PackageNotice, Package: "example.com/b", Message: "not listed"}}
	r.Vain = []Notice{{Kind: FlagNotice, Message: "-direct=x: no"}}
	r.Findings = append(r.Findings, Finding{Rule: "listen", Outcome: "lost", Level: Warning, File: "../c.go", Line: 1, Message: "| <img> `x` [a](b) \n@who &amp; \\"})
	var b bytes.Buffer
	if err := writeStepSummary(&b, r, "https://github.com/o/r/blob/c0ffee/", maxStepSummary); err != nil {
		t.Fatal(err)
	}
	want := `### poolvet

2 findings in 1 package; 1 package read for RDS Proxy; exit status 1\: something was found

| | where | what |
|---|---|---|
| error |  | not read\: package example.com/b\: not listed |
| error | [a b.go\:2](<https://github.com/o/r/blob/c0ffee/a%20b.go#L2>) | LISTEN a\_1\: pins (listen) |
| warning |  | flag\: -direct=x\: no |
| warning | [a b.go\:1](<https://github.com/o/r/blob/c0ffee/a%20b.go#L1>) | LISTEN a\_0\: pins (listen) |
| warning | ../c.go\:1 | \| \<img\> \` + "`x\\`" + ` \[a\](b)  \@who \&amp; \\ |
`
	if b.String() != want {
		t.Errorf("got\n%s", &b)
	}
}

// GitHub shows nothing of a summary that is too long.
func TestStepSummaryFits(t *testing.T) {
	r := manyFindings(10_000)
	for _, room := range []int{maxStepSummary, 100_000, 500, 50, 0, -5} {
		var b bytes.Buffer
		if err := writeStepSummary(&b, r, "https://github.com/o/r/blob/c0ffee/", room); err != nil {
			t.Fatal(err)
		}
		rows := strings.Count(b.String(), "\n| error |") + strings.Count(b.String(), "\n| warning |")
		more := fmt.Sprintf("\n%d more are in the step's log.\n", 20_000-rows)
		if b.Len() > max(room, 0) || b.Len() > 0 && !strings.HasSuffix(b.String(), more) || room >= 500 && rows == 0 {
			t.Errorf("room for %d: %d bytes, %d rows, the end of which is %q", room, b.Len(), rows, b.String()[max(0, b.Len()-40):])
		}
	}
}

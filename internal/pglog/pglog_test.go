package pglog

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// steps are the names of steps in tests.
var steps = [...]string{"simple", "parse", "bind", "execute", "fetch", "plan", "audit"}

// line is what an entry says, without what it does not say.
func line(e *Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d: %s", e.Line, [...]string{steps[e.Step], "pin " + steps[e.Step], "refusal", "statistic", "disconnection"}[e.Kind])
	for _, f := range [][2]string{{"session", e.Session}, {"user", e.User}, {"db", e.Database}, {"app", e.App}, {"host", e.Host}, {"name", e.Name}, {"sql", e.SQL}, {"reason", e.Reason}, {"digest", e.Digest}, {"server", e.Server}} {
		if f[1] != "" {
			fmt.Fprintf(&b, " %s=%q", f[0], f[1])
		}
	}
	for i, p := range e.Params {
		switch fmt.Fprintf(&b, " $%d=", i+1); {
		case p.Null:
			b.WriteString("NULL")
		case p.Cut:
			fmt.Fprintf(&b, "%q (cut)", p.Value)
		default:
			fmt.Fprintf(&b, "%q", p.Value)
		}
	}
	if e.Calls != 1 {
		fmt.Fprintf(&b, " calls=%d", e.Calls)
	}
	if !e.Time.IsZero() {
		b.WriteString(" at " + e.Time.Format(time.RFC3339Nano))
	}
	return b.String()
}

// said is what a log says, an entry a line.
func said(t *testing.T, o Options, name, stdin string) (string, Counts) {
	t.Helper()
	var b strings.Builder
	counts, err := Read([]string{name}, strings.NewReader(stdin), o, func(e *Entry) { b.WriteString(line(e) + "\n") })
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), counts
}

// want fails a test where a log says something else.
func want(t *testing.T, log, want string) Counts {
	t.Helper()
	got, counts := said(t, Options{}, "-", log)
	if want = strings.TrimLeft(want, "\n"); got != want {
		t.Errorf("the log\n%s\nsays\n%s\nwant\n%s", log, got, want)
	}
	return counts
}

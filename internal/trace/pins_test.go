package trace

import (
	"strings"
	"testing"
	"time"

	"github.com/poolvet/poolvet/internal/pglog"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

// after is an entry so much later than noon.
func after(d time.Duration, e *pglog.Entry) *pglog.Entry {
	e.Time = noon.Add(d)
	return e
}

func pinOf(digest, server string) *pglog.Entry {
	return &pglog.Entry{Kind: pglog.Pin, Calls: 1, Reason: "SQL changed session settings", Digest: digest, Session: "c", Server: server}
}

// A digest hides which parameter set_config sets; the time of the pin tells it.
func TestPinsAreJoinedByTime(t *testing.T) {
	pin := func(at time.Duration) *pglog.Entry { return after(at, pinOf("select set_config($1, $2, $3)", "")) }
	got := told(t, nil,
		after(0, run("", "1", "SELECT set_config('jit', 'off', false)")),
		after(10*time.Second, run("", "2", "SELECT set_config('app.tenant', 'x', false)")),
		pin(500*time.Millisecond), pin(11*time.Second), pin(9*time.Second), pin(time.Hour))
	tenant, rest, _ := strings.Cut(got, "set_config('jit'")
	jit, left, _ := strings.Cut(rest, "set_config(")
	want(t, tenant, "the proxy's log: pinned 2 times\n")
	want(t, jit, "the proxy's log: pinned 1 time\n")
	want(t, left, "1 time, 1 session, by the proxy's log")
}

// Two ran at the time of a pin: which one it was, the connection tells, where
// another pin has told whose the connection is.
func TestPinsAreJoinedByConnection(t *testing.T) {
	jit, tenant := "SELECT set_config('jit', 'off', false)", "SELECT set_config('app.tenant', 'x', false)"
	digest := "select set_config($1, $2, $3)"
	entries := []*pglog.Entry{
		after(0, run("", "1", jit)), after(0, pinOf(digest, "34")),
		after(time.Minute, run("", "1", tenant)), after(time.Minute, run("", "2", jit)), after(time.Minute, pinOf(digest, "34")),
		after(time.Hour, run("", "1", tenant)), after(time.Hour, run("", "2", jit)), after(time.Hour, pinOf(digest, "35")),
	}
	got := told(t, nil, entries...)
	want(t, got, "by the proxy's log") // that of the connection that is not known
	if strings.Count(got, "pinned 1 time\n") != 2 {
		t.Errorf("not one pin each:\n%s", got)
	}
}

func TestSessionsOverTime(t *testing.T) {
	l := NewLog(behind(t, "rdsproxy"))
	for _, e := range []*pglog.Entry{
		after(0, run("", "1", "SELECT 1")),
		after(10*time.Second, run("", "1", "SET jit = off")),
		after(20*time.Second, run("", "2", "SET work_mem = 1")),
		after(25*time.Second, run("", "2", "SET jit = off")), // held by work_mem already
		after(30*time.Second, &pglog.Entry{Kind: pglog.Disconnection, Session: "1"}),
		after(40*time.Second, run("", "1", "SET jit = off")), // another of that name
		after(50*time.Second, run("", "2", "SELECT 1")),
	} {
		l.Add(e)
	}
	l.Judge(nil)
	got := l.timeline()
	if got == nil || !got.From.Equal(noon.Add(10*time.Second)) || got.Step != time.Second || got.Points != 41 || len(got.Series) != 2 {
		t.Fatalf("%+v", got)
	}
	jit, workMem := got.Series[0], got.Series[1]
	if jit.Row.Words != "SET jit" || workMem.Row.Words != "SET work_mem" {
		t.Errorf("%s, %s", jit.Row.Words, workMem.Row.Words)
	}
	for second, want := range map[int][2]int{0: {1, 0}, 9: {1, 0}, 10: {1, 1}, 20: {1, 1}, 21: {0, 1}, 30: {1, 1}, 40: {0, 1}} {
		if n := [2]int{jit.Pinned[second], workMem.Pinned[second]}; n != want {
			t.Errorf("after %d seconds %v, want %v", second, n, want)
		}
	}
}

// The proxy's log alone shows when it pinned.
func TestPinsOverTime(t *testing.T) {
	l := NewLog(behind(t, "rdsproxy"))
	for _, at := range []time.Duration{0, 0, 100 * 24 * time.Hour} {
		l.Add(after(at, pinOf("set search_path to $1", "")))
	}
	l.Judge(nil)
	got := l.timeline()
	if got == nil || got.Points > mostPoints || len(got.Series) != 1 || got.Series[0].Pinned[0] != 2 || got.Series[0].Pinned[got.Points-1] != 1 {
		t.Errorf("%+v", got)
	}
	l = NewLog(behind(t, "rdsproxy"))
	l.Add(run("", "1", "SET jit = off"))
	if l.Judge(nil); l.timeline() != nil {
		t.Error("a log without times has a timeline")
	}
}

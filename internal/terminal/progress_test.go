package terminal

import (
	"bytes"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// shown is what a run of three and a half seconds writes, which has read
// packages after two and a half.
func shown(t *testing.T, lines string, after, every time.Duration) (wrote string) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := start(&b, lines, after, every)
		time.Sleep(2500 * time.Millisecond)
		p.Say("analysed %d of %d packages", 3, 9)
		time.Sleep(time.Second)
		p.End()
		wrote = b.String()
	})
	return wrote
}

func TestProgress(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines string
		after time.Duration
		want  string
	}{
		{"on a terminal it is taken away", "", 2 * time.Second, "\r\x1b[Kloading packages\r\x1b[Kanalysed 3 of 9 packages\r\x1b[K"},
		{"in a log it stays", "poolvet: ", 2 * time.Second, "poolvet: loading packages\npoolvet: analysed 3 of 9 packages\n"},
		{"a short run on a terminal", "", 4 * time.Second, ""},
		{"a short run in a log", "poolvet: ", 4 * time.Second, ""},
	} {
		if got := shown(t, test.lines, test.after, time.Second); got != test.want {
			t.Errorf("%s: wrote %q", test.name, got)
		}
	}
}

// What is read of a log, which may be written on, and of a stream without an end.
func TestProgressOfReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := start(&b, "", time.Second, time.Second)
		for _, read := range [][2]int64{{0, 10_000_000_000}, {3_400_000_001, 10_000_000_000}, {10_100_000_000, 10_000_000_000}, {1, 1_250_000_000}, {7, 500}, {7, 0}, {7_900, 0}, {512_000_000, 0}, {1_040_000_000, 0}} {
			p.Bytes("reading logs", read[0], read[1])
			time.Sleep(time.Second)
			synctest.Wait()
		}
		p.End()
		want := ""
		for _, far := range []string{"0 % of 10 GB", "34 % of 10 GB", "100 % of 10 GB", "0 % of 1.2 GB", "1 % of 500 bytes", "7 bytes", "7 kB", "512 MB", "1 GB"} {
			want += "\r\x1b[Kreading logs: " + far
		}
		if got := b.String(); got != want+"\r\x1b[K" {
			t.Errorf("wrote %q", got)
		}
	})
	var none *Progress
	none.Bytes("reading logs", 1, 2)
}

// A stream that is no terminal has progress in a CI alone.
func TestProgressOfALog(t *testing.T) {
	log, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for ci, want := range map[string]bool{"": false, "false": false, "0": false, "true": true, "1": true} {
		t.Setenv("CI", ci)
		p := Start(log, "poolvet")
		if (p != nil) != want || p != nil && p.lines != "poolvet: " {
			t.Errorf("CI=%s: progress %+v", ci, p)
		}
		p.Say("nothing")
		p.End()
	}
}

func TestColorByEnvironment(t *testing.T) {
	for _, test := range []struct {
		term, no string
		want     bool
	}{
		{"xterm", "", true},
		{"", "", true},
		{"xterm", "1", false},
		{"dumb", "", false},
	} {
		t.Setenv("TERM", test.term)
		t.Setenv("NO_COLOR", test.no)
		if got := mayColor(); got != test.want {
			t.Errorf("TERM=%s NO_COLOR=%s: coloured: %v", test.term, test.no, got)
		}
	}
}

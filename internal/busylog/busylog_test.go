package busylog_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/poolvet/poolvet/internal/busylog"
	"github.com/poolvet/poolvet/internal/pglog"
)

func read(t *testing.T, f busylog.Format, size int64) []byte {
	t.Helper()
	b, err := io.ReadAll(busylog.New(f, size))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A measurement of one day can be held against another's.
func TestLogIsTheSameEveryTime(t *testing.T) {
	for f := busylog.Stderr; f <= busylog.Strange; f++ {
		if a, b := read(t, f, 1<<20), read(t, f, 1<<20); !bytes.Equal(a, b) || len(a) < 1<<20 || len(a) > 1<<20+8000 {
			t.Errorf("format %d: %d and %d bytes", f, len(a), len(b))
		}
	}
}

// What is measured is what a log has: each line is of its format, and each format
// tells of the same statements.
func TestEachLineIsOfItsFormat(t *testing.T) {
	for f, name := range []string{"stderr", "stderr", "csvlog", "jsonlog", "stderr"} {
		f := busylog.Format(f)
		prefix := "" // found out, but for the application
		if f == busylog.Stderr || f == busylog.Strange {
			prefix = busylog.Prefix
		}
		texts, bound, sessions := map[string]bool{}, 0, map[string]bool{}
		counts, err := pglog.Read([]string{"-"}, bytes.NewReader(read(t, f, 4<<20)), pglog.Options{Prefix: prefix}, func(e *pglog.Entry) {
			texts[e.SQL], sessions[e.Session] = true, true
			if len(e.Params) > 0 {
				bound++
			}
			if e.App == "" && f != busylog.RDS || e.User == "" || e.Time.IsZero() {
				t.Fatalf("line %d of %s: %+v", e.Line, name, e)
			}
		})
		if err != nil || counts.Other+counts.Long != 0 || len(counts.Formats) != 1 || counts.Formats[name] != counts.Lines {
			t.Fatalf("%s: %+v, %v", name, counts, err)
		}
		if counts.Entries < 6000 || len(texts) < 3000 || len(sessions) < 250 || (bound < 2000) != (f == busylog.Strange) {
			t.Errorf("%s, format %d: %d entries of %d texts, %d bound, of %d sessions", name, f, counts.Entries, len(texts), bound, len(sessions))
		}
	}
}

func BenchmarkNew(b *testing.B) {
	const size = 64 << 20
	b.SetBytes(size)
	for b.Loop() {
		if _, err := io.Copy(io.Discard, busylog.New(busylog.Stderr, size)); err != nil {
			b.Fatal(err)
		}
	}
}

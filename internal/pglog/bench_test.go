package pglog

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/busylog"
)

// repeat is a log of so many bytes: the same part again and again.
type repeat struct {
	part []byte
	at   int
	left int64
}

func (r *repeat) Read(b []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(int64(len(b)), r.left)], r.part[r.at:])
	r.at, r.left = (r.at+n)%len(r.part), r.left-int64(n)
	return n, nil
}

// busy is a part of the log of a server that logs all statements.
func busy() []byte {
	var b strings.Builder
	for i := range 2000 {
		head := fmt.Sprintf("2026-03-12 10:%02d:%02d.%03d UTC [%d] alice@shop ", i/60%60, i%60, i%1000, 4000+i%40)
		b.WriteString(head + "LOG:  statement: SELECT o.id, o.total, c.name\n\tFROM orders o\n\tJOIN customers c ON c.id = o.customer\n\tWHERE o.id = 4711\n")
		b.WriteString(head + "LOG:  duration: 0.321 ms\n")
		b.WriteString(head + "LOG:  execute stmtcache_25: UPDATE orders SET total = $1 WHERE id = $2\n")
		b.WriteString(head + "DETAIL:  parameters: $1 = '12.50', $2 = '4711'\n")
	}
	return []byte(b.String())
}

// TestMemoryDoesNotGrow reads logs of different size: what is kept of a line is
// in buffers that the next one uses.
func TestMemoryDoesNotGrow(t *testing.T) {
	part := busy()
	allocated := func(times int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := Read([]string{"-"}, &repeat{part: part, left: int64(times * len(part))}, Options{}, func(*Entry) {}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	allocated(1)                                                        // what is made once
	if once, often := allocated(1), allocated(20); often > once+1<<20 { // pools lose some under the race detector
		t.Errorf("a log of %d bytes takes %d, 20 times that %d", len(part), once, often)
	}
}

func BenchmarkRead(b *testing.B) {
	for _, log := range []struct {
		name   string
		prefix string
		busylog.Format
	}{
		{"stderr", busylog.Prefix, busylog.Stderr}, {"stderr, prefix found out", "", busylog.Stderr},
		{"rds", "", busylog.RDS}, {"csvlog", "", busylog.CSV}, {"jsonlog", "", busylog.JSON},
	} {
		b.Run(log.name, func(b *testing.B) {
			text, err := io.ReadAll(busylog.New(log.Format, 32<<20))
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read([]string{"-"}, bytes.NewReader(text), Options{Prefix: log.prefix}, func(*Entry) {}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

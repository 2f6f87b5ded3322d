package trace

import (
	"bytes"
	"testing"

	"github.com/poolvet/poolvet/internal/busylog"
	"github.com/poolvet/poolvet/internal/pglog"
)

// BenchmarkTrace reads logs and tells their statements apart, with a prefix that is
// found out.
func BenchmarkTrace(b *testing.B) {
	for _, format := range []struct {
		name string
		busylog.Format
	}{{"stderr", busylog.Stderr}, {"rds", busylog.RDS}, {"csvlog", busylog.CSV}, {"jsonlog", busylog.JSON}} {
		b.Run(format.name, func(b *testing.B) {
			const size = 64 << 20
			log := make([]byte, 0, size+1<<16)
			in := busylog.New(format.Format, size)
			for n := 1; n > 0; {
				n, _ = in.Read(log[len(log):cap(log)])
				log = log[:len(log)+n]
			}
			b.SetBytes(int64(len(log)))
			b.ReportAllocs()
			for b.Loop() {
				l := NewLog(behind(b, "rdsproxy"))
				if _, err := pglog.Read([]string{"-"}, bytes.NewReader(log), pglog.Options{}, l.Add); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

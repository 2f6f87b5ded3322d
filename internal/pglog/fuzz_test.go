package pglog

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fuzz reads anything as a log: nothing panics, every line is counted once, the
// same log says the same twice, and an entry is within the log.
func fuzz(f *testing.F, seeds []string, around func(s string) string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		log := around(s)
		read := func() (string, Counts) {
			var b strings.Builder
			counts, err := Read([]string{"-"}, strings.NewReader(log), Options{}, func(e *Entry) {
				if e.Line < 1 || e.Line > strings.Count(log, "\n")+1 {
					t.Errorf("%q has an entry in line %d", log, e.Line)
				}
				b.WriteString(line(e) + "\n")
			})
			if err != nil {
				t.Fatal(err)
			}
			return b.String(), counts
		}
		said, counts := read()
		if again, _ := read(); again != said {
			t.Errorf("%q says\n%s\nand then\n%s", log, said, again)
		}
		lines := counts.Other
		for _, n := range counts.Formats {
			lines += n
		}
		if lines != counts.Lines {
			t.Errorf("%q: %d lines, of which %d are counted", log, counts.Lines, lines)
		}
	})
}

// real are the logs of testdata that match.
func real(f *testing.F, pattern string) (logs []string) {
	names, err := filepath.Glob("testdata/" + pattern)
	if err != nil || len(names) == 0 {
		f.Fatalf("no log is like %s: %v", pattern, err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		logs = append(logs, string(b))
	}
	return logs
}

func asItIs(s string) string { return s }

// noSocket has the words of PgBouncer, and no name of a socket before them.
const noSocket = "2026-11-29 10:57:28.571 UTC [23173] LOG 118 closing because: uns UTC [23173] WARNING C-0x55\n"

func FuzzStderr(f *testing.F) { fuzz(f, append(real(f, "*.log"), oneStatement, noSocket), asItIs) }
func FuzzCSV(f *testing.F)    { fuzz(f, real(f, "*.csv"), asItIs) }
func FuzzJSON(f *testing.F)   { fuzz(f, real(f, "*.json"), asItIs) }
func FuzzRDSProxy(f *testing.F) {
	fuzz(f, []string{pinned, `x" Digest: "`}, func(s string) string { return "[clientConnection=1] " + s })
}
func FuzzPgBouncer(f *testing.F) {
	fuzz(f, []string{"shop/alice@10.0.0.1:5000 closing because: x (age=1s)"}, func(s string) string { return "C-0x1: " + s })
}
func FuzzSyslog(f *testing.F) {
	fuzz(f, real(f, "syslog.log"), func(s string) string {
		var b strings.Builder
		for i, part := range strings.Split(s, "\n") {
			fmt.Fprintf(&b, "Mar 12 10:04:05 db1 postgres[%d]: [5-%d] %s\n", i%3, i/3+1, part)
		}
		return b.String()
	})
}
func FuzzExports(f *testing.F) {
	fuzz(f, append(real(f, "rds.log"), pinned), func(s string) string {
		b, err := json.Marshal(map[string]any{"timestamp": 1773309845678, "message": s})
		if err != nil {
			return ""
		}
		return string(b) + "\n\"message\": " + s + "\nEVENTS\t1773309845678\t" + s
	})
}
func FuzzExtensions(f *testing.F) {
	fuzz(f, append(real(f, "auto_explain*.log"), real(f, "pgaudit.log")...), func(s string) string {
		s = strings.ReplaceAll(s, "\n", "\n\t")
		return "[7] LOG:  duration: 1.0 ms  plan:\n\t" + s + "\n[7] LOG:  AUDIT: " + s + "\n"
	})
}

func FuzzPrefix(f *testing.F) {
	f.Add("%m [%p] %q%u@%d ", "2026-03-12 10:04:05 UTC [7] alice@shop LOG:  statement: SELECT 1")
	f.Add("%a%u%d%r%h", strings.Repeat(" ", 500)+"LOG:  statement: SELECT 1")
	f.Fuzz(func(t *testing.T, prefix, log string) {
		if _, err := compile(prefix); err != nil {
			return
		}
		_, err := Read([]string{"-"}, strings.NewReader(log), Options{Prefix: prefix}, func(e *Entry) { _ = line(e) })
		if err != nil {
			t.Fatal(err)
		}
	})
}

package pglog

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// formats are the logs that a fuzzer writes: with what is around its text, so
// that it need not find that out, and the texts that it begins with.
var formats = []struct {
	seeds  []string
	around func(s string) string
}{
	{append(real("*.log"), oneStatement, noSocket), func(s string) string { return s }},
	{append(real("*.csv"), real("*.json")...), func(s string) string { return s }},
	{[]string{pinned, `x" Digest: "`}, func(s string) string { return "[clientConnection=1] " + s }},
	{[]string{"shop/alice@10.0.0.1:5000 closing because: x (age=1s)"}, func(s string) string { return "C-0x1: " + s }},
	{real("syslog.log"), syslog},
	{append(real("rds.log"), pinned), exports},
	{append(real("auto_explain*.log"), real("pgaudit.log")...), func(s string) string {
		s = strings.ReplaceAll(s, "\n", "\n\t")
		return "[7] LOG:  duration: 1.0 ms  plan:\n\t" + s + "\n[7] LOG:  AUDIT: " + s + "\n"
	}},
}

func syslog(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(s, "\n") {
		fmt.Fprintf(&b, "Mar 12 10:04:05 db1 postgres[%d]: [5-%d] %s\n", i%3, i/3+1, part)
	}
	return b.String()
}

func exports(s string) string {
	b, err := json.Marshal(map[string]any{"timestamp": 1773309845678, "message": s})
	if err != nil {
		return ""
	}
	return string(b) + "\n\"message\": " + s + "\nEVENTS\t1773309845678\t" + s
}

// Anything can be read as a log: nothing panics, every line is counted once,
// the same log says the same twice, and an entry is within the log.
func FuzzLog(f *testing.F) {
	for i, format := range formats {
		for _, s := range format.seeds {
			f.Add(byte(i), s)
		}
	}
	f.Fuzz(func(t *testing.T, format byte, s string) {
		log := formats[int(format)%len(formats)].around(s)
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
func real(pattern string) (logs []string) {
	names, err := filepath.Glob("testdata/" + pattern)
	for _, name := range names {
		var b []byte
		if b, err = os.ReadFile(name); err == nil {
			logs = append(logs, string(b))
		}
	}
	if err != nil || len(logs) == 0 {
		panic(fmt.Sprintf("no log is like %s: %v", pattern, err))
	}
	return logs
}

// noSocket has the words of PgBouncer, and no name of a socket before them.
const noSocket = "2026-11-29 10:57:28.571 UTC [23173] LOG 118 closing because: uns UTC [23173] WARNING C-0x55\n"

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

package pglog

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the logs of testdata say")

// TestRealLogsByTheirPrefix reads logs by the prefix that their server had: what
// is found out is not less.
func TestRealLogsByTheirPrefix(t *testing.T) {
	for name, prefix := range map[string]string{
		"debian.log": "%m [%p] %q%u@%d ", "rds.log": "%t:%r:%u@%d:[%p]:", "pgaudit.log": "%m [%p] ", "syslog.log": "%q%u@%d ",
	} {
		given, _ := said(t, Options{Prefix: prefix}, "testdata/"+name, "")
		if found, _ := said(t, Options{}, "testdata/"+name, ""); given != found {
			t.Errorf("%s says by its prefix\n%s\nand without\n%s", name, given, found)
		}
	}
	given, _ := said(t, Options{Prefix: "%m %a %c "}, "testdata/auto_explain.log", "")
	if n := strings.Count(given, `app="billing app"`); n != 2 {
		t.Errorf("%d plans are of the application that the prefix has, want 2:\n%s", n, given)
	}
}

// TestRealLogs reads logs that PostgreSQL 15 and PgBouncer 1.18 wrote, each beside
// what it says.
func TestRealLogs(t *testing.T) {
	names, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".want") {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			got, counts := said(t, Options{}, name, "")
			if got == "" || counts.Other != 0 || len(counts.Cut) != 0 {
				t.Errorf("counts are %+v", counts)
			}
			if *update {
				if err := os.WriteFile(name+".want", []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name + ".want")
			if err != nil || got != string(want) {
				t.Errorf("it says\n%s\nwant\n%s\n%v", got, want, err)
			}
		})
	}
}

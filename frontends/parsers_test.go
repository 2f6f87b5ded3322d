package frontends

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/testmod"
)

// What a statement of PostgreSQL's own tests does is the same with both parsers,
// though they are of different versions, and so is which of them is no SQL. Where
// in one they see the fault may differ.
func TestBothParsersSayTheSame(t *testing.T) {
	dir, n := t.TempDir(), 0
	for _, suite := range []string{"postgres_regress", "plpgsql_regress"} {
		statements, err := testmod.Regression(suite)
		if err != nil {
			t.Fatal(err)
		}
		for _, sql := range statements {
			n++
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.sql", n)), []byte(sql), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n < 40_000 {
		t.Fatalf("only %d statements", n)
	}
	where := command{dir: dir}
	args := []string{"sql", "-pooler=pgbouncer", "-strict", "-all", "-format=json", "."}
	in := func(r ran) []string {
		fault := regexp.MustCompile(`"line":\d+,"column":\d+,("error":".*)PostgreSQL \d+`)
		return strings.Split(fault.ReplaceAllString(r.stdout, "$1"), "\n")
	}
	c, without := in(where.run(t, poolvet(t), args...)), in(where.run(t, withoutC(t), args...))
	if len(c) < 2_000 {
		t.Fatalf("only %d lines", len(c))
	}
	only := func(these, those []string, what string) {
		for _, line := range these {
			if _, found := slices.BinarySearch(those, line); !found {
				t.Errorf("%s alone: %s", what, line)
			}
		}
	}
	slices.Sort(c)
	slices.Sort(without)
	only(c, without, "with C")
	only(without, c, "without C")
}

package stress

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// What a package is told must not depend on the order of a map: each of these
// has several ways to the same text, wrapper or fact.
var tangled = head + `
type doer interface{ Do(q string) }
type one struct{ db *sql.DB }
type two struct{ tx *sql.Tx }
type three struct{ c *sql.Conn }

func (x one) Do(q string)    { x.db.Exec(q) }
func (x two) Do(q string)    { x.tx.Exec(q + "; SET a.two = 1") }
func (x *three) Do(q string) { x.c.ExecContext(ctx, fmt.Sprintf(q, 1)) }

func any1(d doer) { d.Do("SET a.one = 1"); d.Do("SET LOCAL a.local = 1") }
func any2(q string, d doer) { d.Do(q) }

type stmt struct{ a, b, c, d string }

var ring = []stmt{{"SET a.f1 = 1", r1, r2, r3}, {a: r3, b: r2, c: r1, d: "SET a.f2 = 1"}}
var r1, r2, r3 = r2 + ";", r3 + "; SET a.ring = 1", r1
var m = map[string]string{"x": "SET a.x = 1", "y": "SET a.y = 1", "z": r1}

const (
	loose1 = "SET a.loose1 = 'x'"
	loose2 = "SET a.loose2 = 'x'"
	loose3 = loose1 + "; " + loose2
)

func run(s stmt, tx *sql.Tx) {
	db.Exec(s.a)
	tx.Exec(s.b + s.c)
	any2(s.d, one{})
	for k, q := range m {
		any2(q, &three{})
		tx.Exec(m[k])
	}
	exec := db.Exec
	if b {
		exec = tx.Exec
	}
	exec("SET a.exec = 1")
}
`

func TestSameEveryTime(t *testing.T) {
	var first []string
	for range 20 {
		lines := check(t, analyzer.Options{Strict: true}, tangled).lines()
		if first == nil {
			first = lines
		}
		compare(t, first, lines)
	}
	if len(first) < 15 {
		t.Errorf("the package shows little:\n%s", strings.Join(first, "\n"))
	}
}

// TestSameEveryTimeOnTestdata loads the real libraries each time.
func TestSameEveryTimeOnTestdata(t *testing.T) {
	if testing.Short() {
		t.Skip("loads twenty times")
	}
	var first []string
	for range 20 {
		p, err := load.Load(load.Config{Dir: "../../testdata", FromSource: sqlflow.MayWrap}, "./...")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		a := analyzer.New(analyzer.Options{Strict: true})
		p.Run([]*analysis.Analyzer{a}, func(r *load.Result) {
			result, ok := r.Values[a].(*analyzer.Result)
			if !ok {
				t.Fatal(r.Path, r.Errors)
			}
			at := fmt.Sprintf("%s %%v-%%v: %%s", r.Path)
			for _, f := range result.Findings {
				lines = append(lines, fmt.Sprintf(at, p.Fset.Position(f.Pos), p.Fset.Position(f.End), f.Message))
			}
			for _, s := range result.Skipped {
				lines = append(lines, fmt.Sprintf(at, p.Fset.Position(s.Pos), "", s.Reason))
			}
		})
		slices.Sort(lines) // packages are done in any order
		if first == nil {
			first = lines
		}
		compare(t, first, lines)
	}
	if len(first) < 100 {
		t.Errorf("only %d findings", len(first))
	}
}

func compare(t *testing.T, first, lines []string) {
	t.Helper()
	if slices.Equal(first, lines) {
		return
	}
	for _, l := range lines {
		if !slices.Contains(first, l) {
			t.Errorf("not said before: %s", l)
		}
	}
	for _, l := range first {
		if !slices.Contains(lines, l) {
			t.Errorf("said before: %s", l)
		}
	}
	t.Fatal("two runs differ")
}

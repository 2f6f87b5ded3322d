package stress

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/types"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/shuffle"
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

// round is code that depends on itself, and code that is deep.
var round = head + `
// Functions that return the SQL of each other, in a ring and in a knot.
func f1() string { if b { return f2() + ";" }; return "SET a.f1 = 1" }
func f2() string { if b { return f3() + "; SET a.f2 = 1" }; return f1() }
func f3() string { if b { return f1() + "; SET a.f3 = 1" }; return f2() + f3() }

// Wrappers that pass it on to each other.
func w1(q string) { w2(q + "; SET a.w1 = 1"); w3(q) }
func w2(q string) { if b { w1(q) }; db.Exec(q) }
func w3(q string) { if b { w2(fmt.Sprintf(q, 1)) }; w4(q, db) }
func w4(q string, x *sql.DB) { if b { w1(q) }; x.Exec(q) }

// Types that hold each other, met from either side.
type list []mapping
type mapping map[string]list
type chain []link
type link []chain

var l list
var m mapping
var k chain

// Variables that are made of each other, and a builder in a loop.
var v1, v2, v3 = v2 + "; SET a.v1 = 1", v3 + "; SET a.v2 = 1", v1 + "; SET a.v3 = 1"

func loop(names []string) {
	var w strings.Builder
	q := "SET a.loop = 1"
	for i, n := range names {
		if i > 0 {
			w.WriteString(", ")
			q += ";"
		} else if b {
			q = "SET a.first = 1;" + q
		}
		w.WriteString("SET a.name = " + n)
		q += n + "; SET a.step = 1"
	}
	db.Exec(w.String())
	db.Exec(q)
}

// Connectors whose work is done in a circle, and at the end of a long way.
type ring struct{ driver.Connector }
type far struct{ driver.Connector }

func (ring) Connect(ctx context.Context) (driver.Conn, error) { return nil, g1(3) }
func (far) Connect(ctx context.Context) (driver.Conn, error)  { return nil, h0() }

func g1(n int) error { if n > 0 { return g2(n - 1) }; return nil }
func g2(n int) error { if n > 0 { if err := g1(n - 1); err != nil { return err } }; return g3(n) }
func g3(n int) error { if n > 0 { return g1(n - 1) }; _, err := db.Exec("SET a.g3 = 1"); return err }

func use() {
	db.Exec(f3()); db.Exec(f2()); db.Exec(f1())
	w1("SET a.one = 1"); w2("SET LOCAL a.two = 1"); w3("SET a.three = %d"); w4("SET a.four = 1", db)
	db.Exec(v3); db.Exec(v1); db.Exec(v2)
	db.Exec(fmt.Sprint(m["x"], l[0], k[0]))
}
` + chain(30, "func h%[1]d() error { return h%[2]d() }\n") + `
func h30() error { _, err := db.Exec("SET a.h30 = 1"); return err }
` + "func d0() string { return \"SET a.d0 = 1\" }\n" + chain(700, "func d%[2]d() string { return d%[1]d() }\n") + `
func deep() { db.Exec(d700()); db.Exec(d350()); db.Exec(d10()) }
`

// Where the analysis starts makes no difference to what it says, nor to a byte
// of its facts.
func TestSameFromEveryStart(t *testing.T) {
	src := strings.Replace(round, `"database/sql"`, `"database/sql"; "database/sql/driver"`, 1)
	for _, source := range []string{src, tangled} {
		var first []string
		for i := range 50 {
			shuffled(t, uint64(i))
			c := check(t, analyzer.Options{Strict: true}, source)
			lines := c.lines()
			for _, f := range c.facts {
				lines = append(lines, "fact bytes: "+encoded(t, f.Fact))
			}
			slices.Sort(lines)
			if first == nil {
				first = lines
			}
			compare(t, first, lines)
		}
		if len(first) < 15 {
			t.Errorf("the package shows little:\n%s", strings.Join(first, "\n"))
		}
		t.Logf("%d lines", len(first))
	}
	said := strings.Join(check(t, analyzer.Options{}, src).lines(), "\n")
	for _, want := range []string{"SET a.g3: pins the connection behind RDS Proxy, on every new connection (Connect)", "SET a.h30: pins the connection behind RDS Proxy, on every new connection (Connect)", "SET a.f2", "SET a.v2", "SET a.d0"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing is said of %s in\n%s", want, said)
		}
	}
}

// shuffled has the analysis start otherwise from now on, until the test ends.
func shuffled(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	var mu sync.Mutex
	shuffle.Do = func(n int, swap func(i, j int)) {
		mu.Lock()
		defer mu.Unlock()
		r.Shuffle(n, swap)
	}
	t.Cleanup(func() { shuffle.Do = nil })
}

func encoded(t *testing.T, fact analysis.Fact) string {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", b.Bytes())
}

// TestSameEveryTimeOnTestdata analyses the real code once for each start.
func TestSameEveryTimeOnTestdata(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: "../../testdata"}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var first []string
	for i := range 50 {
		shuffled(t, uint64(i))
		facts := map[any]analysis.Fact{}
		var lines []string
		packages.Visit(pkgs, nil, func(p *packages.Package) { // what is imported first
			if slices.Contains(pkgs, p) {
				lines = append(lines, analysed(t, p, facts)...)
			}
		})
		if slices.Sort(lines); first == nil {
			first = lines
		}
		compare(t, first, lines)
	}
	if len(first) < 100 {
		t.Errorf("only %d findings", len(first))
	}
}

// analysed is what is said of one package of testdata, and its facts.
func analysed(t *testing.T, p *packages.Package, facts map[any]analysis.Fact) (lines []string) {
	type key struct {
		of   any
		kind reflect.Type
	}
	get := func(of any, fact analysis.Fact) bool {
		known, ok := facts[key{of, reflect.TypeOf(fact)}]
		if ok {
			reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(known).Elem())
		}
		return ok
	}
	pass := &analysis.Pass{
		Fset: p.Fset, Files: p.Syntax, Pkg: p.Types, TypesInfo: p.TypesInfo, ReadFile: os.ReadFile,
		Report:           func(analysis.Diagnostic) {},
		ResultOf:         map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New(p.Syntax)},
		ImportObjectFact: func(o types.Object, f analysis.Fact) bool { return get(o, f) },
		ExportObjectFact: func(o types.Object, f analysis.Fact) {
			facts[key{o, reflect.TypeOf(f)}] = f
			lines = append(lines, fmt.Sprintf("%v: fact %s", p.Fset.Position(o.Pos()), encoded(t, f)))
		},
		ImportPackageFact: func(p *types.Package, f analysis.Fact) bool { return get(p, f) },
		ExportPackageFact: func(f analysis.Fact) {
			facts[key{p.Types, reflect.TypeOf(f)}] = f
			lines = append(lines, fmt.Sprintf("%s: fact %s", p.PkgPath, encoded(t, f)))
		},
	}
	v, err := analyzer.New(analyzer.Options{Strict: true}).Run(pass)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.(*analyzer.Result).Findings {
		lines = append(lines, fmt.Sprintf("%v-%v: %s", p.Fset.Position(f.Pos), p.Fset.Position(f.End), f.Message))
	}
	for _, s := range v.(*analyzer.Result).Skipped {
		lines = append(lines, fmt.Sprintf("%v: %s", p.Fset.Position(s.Pos), s.Reason))
	}
	return lines
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

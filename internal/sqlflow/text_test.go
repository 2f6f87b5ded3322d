package sqlflow

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/text"
)

// One importer for all tests: it reads the standard library from source.
var (
	fset = token.NewFileSet()
	std  = importer.ForCompiler(fset, "source", nil)
)

// flowOf traces one file that imports nothing but the standard library.
func flowOf(t testing.TB, src string) *SQL {
	t.Helper()
	pass, in := passOf(t, src)
	return New(pass, in, nil)
}

func passOf(t testing.TB, src string) (*analysis.Pass, *inspector.Inspector) {
	t.Helper()
	return passWith(t, src, std)
}

func flowWith(t testing.TB, src string, libs types.Importer) *SQL {
	t.Helper()
	pass, in := passWith(t, src, libs)
	return New(pass, in, nil)
}

func passWith(t testing.TB, src string, libs types.Importer) (*analysis.Pass, *inspector.Inspector) {
	t.Helper()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{},
	}
	conf := types.Config{Importer: libs, Error: func(error) {}}
	pkg, _ := conf.Check("example.com/p", fset, []*ast.File{file}, info)
	pass := &analysis.Pass{
		Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		ImportObjectFact: func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact: func(types.Object, analysis.Fact) {},
	}
	return pass, inspector.New(pass.Files)
}

// Each case is the body of a function with a *sql.DB, an unknown string and an
// unknown bool; want are the texts that reach it, … for a hole.
func TestTexts(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       []string
	}{
		{"literal", "db.Exec(`a`)", []string{"a"}},
		{"constant", "const q = `a` + \"b\"\ndb.Exec(q + `c`)", []string{"abc"}},
		{"concatenation with an unknown part", "db.Exec(`a ` + s + ` b`)", []string{"a … b"}},
		{"nothing known", "db.Exec(s)", nil},
		{"conversions", "type q string\ndb.Exec(string([]byte(q(`a`))))", []string{"a"}},
		{"one assignment", "q := `a`\ndb.Exec(q)", []string{"a"}},
		{"the assignment that reaches", "q := `a`\ndb.Exec(q)\nq = `b`\ndb.Exec(q)", []string{"a", "b"}},
		{"both branches", "q := `a`\nif c { q = `b` }\ndb.Exec(q)", []string{"a", "b"}},
		{"a branch that returns", "q := `a`\nif c { q = `b`; return }\ndb.Exec(q)", []string{"a"}},
		{"a switch", "var q string\nswitch { case c: q = `a`\ndefault: q = `b` }\ndb.Exec(q)", []string{"a", "b"}},
		{"+= in steps", "q := `a`\nq += ` b`\nif c { q += ` c` }\ndb.Exec(q)", []string{"a b", "a b c"}},
		{"+= in a loop", "q := `a`\nfor range 3 { q += ` b` }\ndb.Exec(q)", []string{"a", "a b"}},
		{"Sprintf", "db.Exec(fmt.Sprintf(`a %s %d %v %% %q`, s, 7, `x`, `y`))", []string{`a … 7 x % "y"`}},
		{"Sprintf with indexes, widths and stars", "db.Exec(fmt.Sprintf(`%s %s %*d %5.2f %[2]s %[1]s`, `a`, `b`, 3, 4, 1.5))", []string{"a b … … b a"}},
		{"a format in a variable", "f := `a %s`\nq := fmt.Sprintf(f, `b`)\ndb.Exec(q)", []string{"a b"}},
		{"arguments spread", "args := []any{1}\ndb.Exec(fmt.Sprintf(`a %s`, args...))", []string{"a …"}},
		{"Join of known parts", "db.Exec(strings.Join([]string{`a`, `b`}, `; `))", []string{"a; b"}},
		{"Replace", "db.Exec(strings.ReplaceAll(`a :t b`, `:t`, s))", []string{"a … b"}},
		{"Repeat and Trim", "db.Exec(strings.TrimSpace(strings.Repeat(`a `, 2)))", []string{"a a "}},
		{"a builder", "var b strings.Builder\nb.WriteString(`a`)\nfmt.Fprintf(&b, ` %d`, 1)\nb.WriteString(` c`)\ndb.Exec(b.String())", []string{"a 1 c"}},
		{"a buffer", "b := bytes.NewBufferString(`a`)\nb.WriteString(` b`)\ndb.Exec(b.String())", []string{"a b"}},
		{"range over a slice", "for _, q := range []string{`a`, `b`} { db.Exec(q) }", []string{"a", "b"}},
		{"range over a map", "for k, q := range map[string]string{`k`: `a`} { _ = k; db.Exec(q) }", []string{"a"}},
		{"append", "qs := []string{`a`}\nqs = append(qs, `b`)\nfor _, q := range qs { db.Exec(q) }", []string{"a", "b"}},
		{"an element", "m := map[string]string{`x`: `a`, `y`: `b`}\ndb.Exec(m[`y`])", []string{"b"}},
		{"a struct's field", "type step struct{ name, sql string }\nfor _, st := range []step{{`n`, `a`}, {sql: `b`}} { db.Exec(st.sql) }", []string{"a", "b"}},
		{"Split", "for _, q := range strings.Split(`a;b`, `;`) { db.Exec(q) }", []string{"a", "b"}},
		{"a function's result", "q := func(t string) string { return `a ` + t }\ndb.Exec(q(`b`))", []string{"a b"}},
		{"a wrapper", "run := func(q string) { db.Exec(q) }\nrun(`a`)", []string{"a"}},
		{"a variadic wrapper", "run := func(qs ...string) { for _, q := range qs { db.Exec(q) } }\nrun(`a`, `b`)", []string{"a", "b"}},
		{"a format wrapper", "run := func(f string, args ...any) { db.Exec(fmt.Sprintf(f, args...)) }\nrun(`a %s`, `b`)", []string{"a b"}},
		{"a method value", "run := db.Exec\nrun(`a`)", []string{"a"}},
		{"a template", "t := template.Must(template.New(``).Parse(`a {{.}}`))\nvar b bytes.Buffer\nt.Execute(&b, nil)\ndb.Exec(b.String())", []string{"a {{.}}"}},
		{"a name is no statement", "run := func(t string) { db.Exec(`a ` + t) }\nrun(`set x`)", []string{"a …"}},
		{"what an EXPLAIN explains is", "run := func(q string) { db.Exec(`EXPLAIN ` + q) }\nrun(`a`)", []string{"EXPLAIN …", "a"}},
		{"recursion", "var f func(q string)\nf = func(q string) { db.Exec(q); f(q + `a`) }\nf(`b`)", []string{"…a", "b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			flow := flowOf(t, `package p
import ("bytes"; "database/sql"; "fmt"; "strings"; "text/template")
var _ = []any{bytes.NewBuffer, fmt.Sprint, strings.Join, template.New}
func f(db *sql.DB, s string, c bool) {
`+test.body+"\n}")
			var got []string
			for _, q := range flow.Queries {
				got = append(got, strings.ReplaceAll(q.Text.Value, text.HoleText, "…"))
			}
			if strings.Join(got, "|") != strings.Join(test.want, "|") {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Every byte of a literal's value has its place, and a place its byte.
func TestRange(t *testing.T) {
	flow := flowOf(t, `package p
import ("database/sql"; "fmt")
func f(db *sql.DB, s string) {
	db.Exec(fmt.Sprintf("%s; SET \"x\" = %d", s, 1))
	db.Exec("SET " +
		"y = 2")
	db.Exec("SET " + s)
}`)
	for i, want := range []string{"4:27-4:36", "5:11-6:7", "7:11-7:20"} {
		text := flow.Queries[i].Text
		start := strings.Index(text.Value, "SET")
		pos, end, ok := text.Range(start, min(start+len(`SET "x"`), len(text.Value)))
		p, e := fset.Position(pos), fset.Position(end)
		got := strings.TrimPrefix(p.String(), "p.go:") + "-" + strings.TrimPrefix(e.String(), "p.go:")
		if !ok || got != want {
			t.Errorf("%q: %s, want %s", text.Value, got, want)
		}
	}
}

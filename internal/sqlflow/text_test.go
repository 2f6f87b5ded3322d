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
		Instances: map[*ast.Ident]types.Instance{}, Implicits: map[ast.Node]types.Object{},
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
		{"a format's argument of two values", "q := `a`\nif c { q = `b` }\ndb.Exec(fmt.Sprintf(`x %s`, q))", []string{"x a", "x b"}},
		{"a quoted argument of two values", "q := `a`\nif c { q = `b` }\ndb.Exec(fmt.Sprintf(`x %q`, q))", []string{`x "a"`, `x "b"`}},
		{"Join with a separator of two values", "p := `,`\nif c { p = `;` }\ndb.Exec(strings.Join([]string{`a`, `b`}, p))", []string{"a,b", "a;b"}},
		{"Replace by two values", "q := `a`\nif c { q = `b` }\ndb.Exec(strings.Replace(`x :t`, `:t`, q, 1))", []string{"x a", "x b"}},
		{"a replacer", "db.Exec(strings.NewReplacer(`:t`, `a`, `:s`, s).Replace(`:t :s`))", []string{"a …"}},
		{"a replacer in a variable", "r := strings.NewReplacer(`:t`, `a`)\ndb.Exec(r.Replace(`x :t`))", []string{"x a"}},
		{"Sprintln and Fprintln", "var b strings.Builder\nfmt.Fprintln(&b, `a`, `b`)\ndb.Exec(b.String() + fmt.Sprintln(`c`))", []string{"a b\nc\n"}},
		{"a labelled break", "q := `a`\nout:\nfor { for { q = `b`; break out } }\ndb.Exec(q)", []string{"b"}},
		{"a break of a switch within a loop", "q := `a`\nfor { switch { case c: q = `b`; break\ndefault: continue }\ndb.Exec(q) }", []string{"b"}},
		{"a labelled continue", "q := `a`\nnext:\nfor range 2 { db.Exec(q)\nfor { q = `b`; continue next } }", []string{"a", "b"}},
		{"goto", "q := `a`\nif c { q = `b`; goto run }\nq = `d`\nrun:\ndb.Exec(q)", []string{"b", "d"}},
		{"select", "q := `a`\nch := make(chan bool)\nfor { select { case <-ch: q = `b`\ndefault: return }\nbreak }\ndb.Exec(q)", []string{"b"}},
		{"behind panic", "q := `a`\nif c { q = `b`; panic(q) }\ndb.Exec(q)", []string{"a"}},
		{"code that is not reached", "q := `a`\nq = `b`\nreturn\ndb.Exec(q)", nil},
		{"a closure that assigns", "q := `a`\nset := func() { q = `b` }\nset()\ndb.Exec(q)", []string{"a", "b"}},
		{"a range's variable is set anew", "for _, q := range []string{`a`} { db.Exec(q); q = `b` }", []string{"a"}},
		{"a type switch", "var x any = `a`\nswitch q := x.(type) { case string: db.Exec(q) }", []string{"a"}},
		{"a helper that fills a builder", "w := func(b *strings.Builder, t string) { b.WriteString(` b `); b.WriteString(t) }\nvar b strings.Builder\nb.WriteString(`a`)\nw(&b, `c`)\ndb.Exec(b.String())", []string{"a b c"}},
		{"a helper that fills a writer", "w := func(b io.Writer) { fmt.Fprint(b, `a`) }\nvar b strings.Builder\nw(&b)\ndb.Exec(b.String())", []string{"a"}},
		{"a helper of a helper", "in := func(q *string) { *q += `b` }\nout := func(q *string) { in(q) }\nq := `a`\nout(&q)\ndb.Exec(q)", []string{"ab"}},
		{"a helper that fills a string", "set := func(q *string) { if c { *q = `b` } }\nq := `a`\nset(&q)\ndb.Exec(q)", []string{"a", "b"}},
		{"a helper that fills a map", "set := func(m map[string]string) { m[`k`] = `a` }\nm := map[string]string{}\nset(m)\nfor _, q := range m { db.Exec(q) }", []string{"a"}},
		{"a URL as a literal", "u := url.URL{Scheme: `a`, User: url.User(s), Host: s, Path: `d`, RawQuery: `k=v`}\ndb.Exec(u.String())", []string{"a://…@…/d?k=v"}},
		{"a URL with values", "q := url.Values{`k`: {`v`}}\nq.Set(`l`, s)\nu := &url.URL{Scheme: `a`, Host: `h`, RawQuery: q.Encode()}\ndb.Exec(u.String())", []string{"a://h/?k=v&l=…"}},
		{"a URL that is parsed and written again", "u, _ := url.Parse(`a://h/d?k=v`)\nq := u.Query()\nq.Add(`l`, `w`)\nu.RawQuery = q.Encode()\ndb.Exec(u.String())", []string{"a://h/d?k=v&l=w"}},
		{"a URL of which the base is not known", "u, _ := url.Parse(s)\nq := u.Query()\nq.Set(`k`, `v`)\nu.RawQuery = q.Encode()\ndb.Exec(u.String())", []string{"…?…&k=v"}},
		{"a query that is made anew", "u, _ := url.Parse(`a://h/d?k=v`)\nq := make(url.Values)\nq[`l`] = []string{`w`}\nu.RawQuery = q.Encode()\ndb.Exec(u.String())", []string{"a://h/d?l=w"}},
		{"a query as text", "u := url.URL{Scheme: `a`, Host: `h`}\nu.RawQuery = `k=` + s\ndb.Exec(u.String())", []string{"a://h/?k=…"}},
		{"a URL that is made of itself", "u, _ := url.Parse(`a://h`)\nfor c { u, _ = url.Parse(u.String() + `x`) }\ndb.Exec(u.String())", []string{"a://h", "a://hx"}},
		{"recursion", "var f func(q string)\nf = func(q string) { db.Exec(q); f(q + `a`) }\nf(`b`)", []string{"…a", "b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			flow := flowOf(t, `package p
import ("bytes"; "database/sql"; "fmt"; "io"; "net/url"; "strings"; "text/template")
var _ = []any{bytes.NewBuffer, io.EOF, url.Parse, fmt.Sprint, strings.Join, template.New}
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

package stress

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/poolvet/poolvet/analyzer"
)

// hostile is a package made to break the analyzer, and what it must say of it
// all the same.
type hostile struct {
	name     string
	findings int    // at least
	skipped  string // part of a line that says what was left out
	source   func() string
}

// head begins every package here.
const head = `package p

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"strings"
	"text/template"
)

var (
	db  *sql.DB
	ctx context.Context
	b   bool
	_   = fmt.Sprint
	_   = strings.Join
	_   bytes.Buffer
	_   template.Template
)

`

// fn is a package with one function.
func fn(body ...string) string { return head + "func f() {\n" + strings.Join(body, "") + "}\n" }

// each writes a format for each i below n.
func each(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "#", fmt.Sprint(i)))
	}
	return b.String()
}

func repeat(s string, n int) string { return strings.Repeat(s, n) }

var packagesOfHell = []hostile{
	{"a literal of a megabyte", 1, "", func() string {
		return fn("db.Exec(`SELECT nextval('s') ", repeat("+1", 500_000), "`)\n")
	}},
	{"a hundred thousand parentheses", 1, "", func() string {
		return fn("db.Exec(`SELECT ", repeat("(", 100_000), "set_config('a','b',false)", repeat(")", 100_000), "`)\n")
	}},
	{"fifty thousand statements in one literal", 2_000, "not analysed", func() string {
		return fn("db.Exec(\"", repeat(`SET a.x = 1;\n`, 50_000), "\")\n")
	}},
	{"ten thousand calls in one function", 10_000, "", func() string {
		return fn(each(10_000, "db.Exec(\"SET a.b# = 1\")\n"))
	}},
	{"ten thousand statements of one transaction", 10_000, "", func() string {
		return head + "func f(tx *sql.Tx) {\n" + each(10_000, "tx.Exec(\"SET ROLE r#\")\n") + "}\n"
	}},
	{"three thousand locks with their unlocks", 6_000, "", func() string {
		return head + each(3_000, "func f#(tx *sql.Tx) {\ntx.Exec(\"SELECT pg_advisory_lock(#)\")\ntx.Exec(\"SELECT pg_advisory_unlock(#)\")\n}\n")
	}},
	{"ten thousand calls of one constant", 1, "", func() string {
		return fn("const q = \"SET a.x = 1\"\n", each(10_000, "db.Exec(q)\n"))
	}},
	{"one expression of five thousand terms", 1, "", func() string {
		return head + "var s string\nfunc f() { db.Exec(\"SET a.x = 1;\"" + repeat(" + s + \" SELECT 1;\"", 2_500) + ") }\n"
	}},
	{"parentheses around five thousand terms", 1, "", func() string {
		return fn("db.Exec(", repeat("(", 5_000), "\"SET a.x = 1\"", repeat(" + \";\")", 5_000), ")\n")
	}},
	{"terms nested to the right", 1, "", func() string {
		return head + "var s string\nfunc f() { db.Exec(" + repeat("\"SET a.x = 1;\" + (s + ", 5_000) + "\"\"" + repeat(")", 5_000) + ") }\n"
	}},
	{"five thousand appends", 1, "", func() string {
		return fn("q := \"SET a.x = 1;\"\n", each(5_000, "q += \" SELECT #;\"\n"), "db.Exec(q)\n")
	}},
	{"five thousand appends under branches", 1, "not analysed", func() string {
		return fn("q := \"SET a.x = 1;\"\n", each(5_000, "if b { q += \" SELECT #;\" }\n"), "db.Exec(q)\n")
	}},
	{"five thousand appends on either branch", 0, "not analysed", func() string {
		return fn("q := \"SET a.x = 1;\"\n", each(5_000, "if b { q += \" SELECT #;\" } else { q += \"\" }\n"), "db.Exec(q)\n")
	}},
	{"thirty appends under branches", 1, "", func() string {
		return fn("q := \"SET a.x = 1;\"\n", each(30, "if b { q += \" SELECT #;\" }\n"), "db.Exec(q)\n")
	}},
	{"a builder written five thousand times", 1, "", func() string {
		return fn("var w strings.Builder\nw.WriteString(\"SET a.x = 1;\")\n",
			each(5_000, "w.WriteString(\" SELECT #;\")\nfmt.Fprintf(&w, \"%d;\", #)\n"), "db.Exec(w.String())\n")
	}},
	{"a string that doubles sixty times", 1, "", func() string {
		return fn("q := \"SET a.x = 1;\"\n", each(60, "q += q\n"), "db.Exec(q)\n")
	}},
	{"a string of unknown parts that doubles sixty times", 1, "", func() string {
		return head + "func f(s string) {\n\tq := \"SET a.x = 1;\" + s\n" + each(60, "\tq = q + q\n") + "\tdb.Exec(q)\n}\n"
	}},
	{"functions that double what they return", 1, "", func() string {
		return head + "func f0() string { return \"SET a.x = 1;\" }\n" +
			chain(60, "func f%[2]d() string { return f%[1]d() + f%[1]d() }\n") + "func f() { db.Exec(f60()) }\n"
	}},
	{"functions with ten returns, sixty deep", 1, "", func() string {
		return head + "func f0() string { return \"SET a.x = 1;\" }\n" +
			chain(60, "func f%[2]d() string {\n"+each(9, "if b { return f%[1]d() + \"#\" }\n")+"return f%[1]d() }\n") + "func f() { db.Exec(f60()) }\n"
	}},
	{"wrappers that call each other", 1, "", func() string {
		return head + "func w(q string) { v(q); db.Exec(q) }\nfunc v(q string) { w(q); u(q + q) }\nfunc u(q string) { v(q) }\nfunc f() { u(\"SET a.x = 1\") }\n"
	}},
	{"a wrapper that grows its own argument", 1, "", func() string {
		return head + "func w(q string) { if b { w(q + \"; SELECT 1\") }; db.Exec(q) }\nfunc f() { w(\"SET a.x = 1\") }\n"
	}},
	{"five hundred hops of wrappers", 1, "", func() string {
		return head + "func w0(q string) { db.Exec(q) }\n" + chain(500, "func w%[2]d(q string) { w%[1]d(q) }\n") + "func f() { w500(\"SET a.x = 1\") }\n"
	}},
	{"five hundred hops, each with words of its own", 1, "", func() string {
		return head + "func w0(q string) { db.Exec(q) }\n" + chain(500, "func w%[2]d(q string) { w%[1]d(q + \"; SELECT %[1]d\") }\n") + "func f() { w500(\"SET a.x = 1\") }\n"
	}},
	{"five hundred hops of methods behind one interface", 1, "", func() string {
		return head + "type doer interface { Do(q string) }\ntype t0 struct{}\nfunc (t0) Do(q string) { db.Exec(q) }\n" +
			chain(500, "type t%[2]d struct { next doer }\nfunc (t t%[2]d) Do(q string) { t.next.Do(q) }\n") + "func f(d doer) { d.Do(\"SET a.x = 1\") }\n"
	}},
	{"a thousand closures in variables", 1, "", func() string {
		return fn("g0 := func(q string) { db.Exec(q) }\n", chain(1_000, "g%[2]d := func(q string) { g%[1]d(q) }\n"), "g1000(\"SET a.x = 1\")\n")
	}},
	{"closures nested three hundred deep", 1, "", func() string {
		return fn(repeat("func() {\nq := \"SELECT 1\"\n_ = q\n", 300), "db.Exec(\"SET a.x = 1\")\n", repeat("}()\n", 300))
	}},
	{"a ring of struct fields", 1, "", func() string {
		return head + "type t struct { q, r, s string; next *t }\nfunc f(x *t) {\n\tx.q = x.r + x.s\n\tx.r = x.next.s\n\tx.s = x.next.q + x.q\n" +
			"\tx.q = \"SET a.x = 1\"\n\tx.next = x\n\tdb.Exec(x.next.next.q)\n}\n"
	}},
	{"a thousand fields, each from the one before", 1, "", func() string {
		return head + "type t struct {\n" + each(1_001, "q# string\n") + "}\nfunc f(x t) {\nx.q0 = \"SET a.x = 1\"\n" +
			chain(1_000, "x.q%[2]d = x.q%[1]d\n") + "db.Exec(x.q1000)\n}\n"
	}},
	{"a thousand constants, each from the one before", 1, "", func() string {
		return head + "const q0 = \"SET a.x = 1\"\n" + chain(1_000, "const q%[2]d = q%[1]d + \";\"\n") + "func f() { db.Exec(q1000) }\n"
	}},
	{"generic wrappers", 1, "", func() string {
		return head + "type text interface { ~string | ~[]byte }\ntype box[T text] struct { q T }\n" +
			"func (x box[T]) run() { db.Exec(string(x.q)) }\nfunc w[T text](q T) { box[T]{q}.run(); v[T](q) }\nfunc v[T text](q T) { w(q); db.Exec(string(q)) }\n" +
			"func f() { w(\"SET a.x = 1\"); box[string]{\"SET b.x = 1\"}.run() }\n"
	}},
	{"closures that call themselves", 1, "", func() string {
		return fn("var g func(string) string\ng = func(q string) string { return g(g(q)) + g(q + q) }\nvar h func() string\nh = func() string { return h() + \"SET a.x = 1\" }\n",
			"db.Exec(g(\"x\"))\ndb.Exec(h())\ndb.Exec(\"SET a.x = 1\")\n")
	}},
	{"maps and slices that hold themselves", 1, "", func() string {
		return fn("m := map[string]string{\"a\": \"SET a.x = 1\"}\nm[\"b\"] = m[\"c\"]\nm[\"c\"] = m[m[\"b\"]]\nvar s []string\ns = append(s, s...)\ns = append(s, m[\"a\"])\n",
			"for _, q := range s { s = append(s, q + q); db.Exec(q) }\ntype t []t\nvar u t\nu = append(u, u)\ndb.Exec(m[\"a\"])\n")
	}},
	{"a map of a hundred thousand texts", 1, "not analysed", func() string {
		return head + "var m = map[int]string{\n" + each(100_000, "#: \"SET a.b# = 1\",\n") + "}\nfunc f() { for _, q := range m { db.Exec(q) } }\n"
	}},
	{"a map with keys of every kind", 2, "", func() string {
		return head + "var m = map[any]string{1: \"SET a.x = 1\", \"x\": \"SET b.x = 1\", 1.5: \"SET c.x = 1\", true: \"SET d.x = 1\", 'r': \"\", 2i: \"\"}\n" +
			"func f() { db.Exec(m[\"x\"]); db.Exec(m[1]); db.Exec(m[false]); db.Exec(m[nil]); db.Exec(m[2i]) }\n"
	}},
	{"three thousand variables and branches in one function", 1, "", func() string {
		return fn(each(3_000, "q# := \"SELECT 1\"\nif b { q# = \"SELECT #\" } else { q# += \" \" }\ndb.Exec(q#)\n"), "db.Exec(\"SET a.x = 1\")\n")
	}},
	{"three thousand loops over one variable", 1, "", func() string {
		return fn("q := \"SET a.x = 1\"\n", each(3_000, "for b { q += \";\" }\n"), "db.Exec(q)\n")
	}},
	{"loops nested thirty deep", 1, "", func() string {
		return fn("q := \"SET a.x = 1\"\n", repeat("for b {\nq += \";\"\n", 30), repeat("}\n", 30), "db.Exec(q)\n")
	}},
	{"switches nested two hundred deep", 1, "", func() string {
		return fn("q := \"SET a.x = 1\"\n", repeat("switch {\ncase b: q += \" \"\ndefault:\n", 200), repeat("}\n", 200), "db.Exec(q)\n")
	}},
	{"calls nested ten thousand deep", 1, "", func() string {
		return fn("db.Exec(", repeat("strings.TrimSpace(", 10_000), "\"SET a.x = 1\"", repeat(")", 10_000), ")\ndb.Exec(\"SET b.x = 1\")\n")
	}},
	{"formats nested a thousand deep", 1, "", func() string {
		return fn("db.Exec(", repeat("fmt.Sprintf(\"%s;%s\", \"SET a.x = 1\", ", 1_000), "\"\"", repeat(")", 1_000), ")\n")
	}},
	{"one format of ten thousand verbs", 1, "", func() string {
		return fn("db.Exec(fmt.Sprintf(\"SET a.x = 1;", repeat("%[1]s%*d%[99999999999999999999]d%[", 10_000), "\", \"x\"))\n")
	}},
	{"formats that repeat a text that repeats a text", 1, "", func() string {
		return fn("q := \"SET a.x = 1;\"\n", repeat("q = fmt.Sprintf(\"%[1]s%[1]s%[1]s%[1]s\", q)\n", 40), "db.Exec(q)\n")
	}},
	{"a chain of three thousand methods", 1, "", func() string {
		return head + "type c struct{}\nfunc (c) Where(q string) c { db.Exec(q); return c{} }\nfunc f() { c{}" + each(3_000, ".\nWhere(\"SET a.x = #\")") + " }\n"
	}},
	{"absurd repetitions", 1, "", func() string {
		return fn("db.Exec(strings.Repeat(\"SET a.x = 1;\", 1<<62))\ndb.Exec(strings.Repeat(\"abcd\", 1<<62))\ndb.Exec(strings.Repeat(\"SET a.x = 1;\", 1<<40))\n",
			"db.Exec(strings.Repeat(\"\", 1<<62))\ndb.Exec(strings.Repeat(strings.Repeat(strings.Repeat(\"SET a.x = 1;\", 1000), 100), 100))\ndb.Exec(\"SET a.x = 1\")\n")
	}},
	{"replacements that grow a text", 1, "", func() string {
		return fn("q := \"SET a.x = 1;\"\n", repeat("q = strings.ReplaceAll(q, \";\", \";;;;;;;;;;;;;;;;\")\n", 30), "db.Exec(q)\ndb.Exec(\"SET b.x = 1\")\n")
	}},
	{"texts split and joined again and again", 1, "", func() string {
		return fn("q := \"SET a.x = 1;SELECT 1\"\n", repeat("q = strings.Join(strings.Split(q, \";\"), \";;;\")\n", 60), "db.Exec(q)\ndb.Exec(\"SET b.x = 1\")\n")
	}},
	{"a thousand types that implement an interface", 1_000, "", func() string {
		return head + "type doer interface { Do(q string) }\n" + each(1_000, "type t# struct{}\nfunc (t#) Do(q string) { db.Exec(q) }\nfunc f#(d doer) { d.Do(\"SET a.b# = 1\") }\n")
	}},
	{"a thousand interfaces that a type implements", 1, "", func() string {
		return head + "type t struct{}\n" + each(1_000, "func (t) Do#(q string) { db.Exec(q) }\ntype doer# interface { Do#(q string) }\nfunc f#(d doer#) { d.Do#(\"SET a.b# = 1\") }\n")
	}},
	{"ten thousand directives", 1, "", func() string {
		return fn(each(10_000, "//poolvet:ignore set-parameter -- reason #\ndb.Exec(\"SET a.b# = 1\")\n"), "\n\ndb.Exec(\"SET a.x = 1\")\n")
	}},
	{"a comment of a megabyte", 1, "", func() string {
		return fn("//poolvet:ignore ", repeat("set-role,", 100_000), " -- no\ndb.Exec(\"SELECT 1\")\n")
	}},
	{"ten thousand constants that reach no sink", 1, "", func() string {
		return head + "const (\n" + each(10_000, "q# = \"SET a.b# = 'x'\"\n") + ")\nfunc f() { db.Exec(\"SET a.x = 1\") }\n"
	}},
	{"words that hold no characters", 1, "", func() string {
		return fn("db.Exec(\"\\x00\\xff\\xfe SET a.x = 1; \\u2028 SET \\U0010ffff = '\\xc0'\")\ndb.Exec(\"SET a.x = 1\")\ndb.Exec(\"\\x00\\x00\\x00\")\n")
	}},
	{"a file with syntax errors", 1, "", func() string {
		return fn("db.Exec(\"SET a.x = 1\")\n") + "func (((\nvar x = = 3\nfunc g() { db.Exec( }\nconst q = \n"
	}},
	{"a file with type errors", 1, "", func() string {
		return fn("db.Exec(\"SET a.x = 1\")\nq += \"SET a.x = 1\"\ndb.Exec(q, nosuch...)\ndb.NoSuch(\"SET b.x = 1\", 1, 2)\nnosuch(\"SET b.x = 1\")\nvar r string = 1\ndb.Exec(r[\"x\"].y())\n",
			"fmt.Sprintf()\nstrings.Join()\nstrings.Repeat(1)\nfmt.Fprintf()\nvar w strings.Builder\nw.WriteString()\ndb.Exec(w.String())\ndb.Exec(strings.Join())\ndb.Exec(strings.Replace(\"a\"))\n",
			"db.Exec(fmt.Appendf())\ndb.Exec(strings.Repeat(\"x\"))\ndb.Exec()\ndb.ExecContext(ctx)\nvar m map[string]string = map[string]string{1, 2: }\ndb.Exec(m[1])\n")
	}},
	{"types that hold themselves", 1, "", func() string {
		return head + "type t t\ntype u struct { u }\ntype v interface { v }\ntype m map[string]m\ntype s []s\nfunc f(a t, b u, c v, d m, e s) { db.Exec(\"SET a.x = 1\"); db.Exec(a); db.Exec(d[\"x\"][\"y\"]); db.Exec(e[0][0]) }\n"
	}},
	{"templates that hold themselves", 1, "", func() string {
		return fn("t := template.Must(template.New(\"x\").Parse(\"SET a.x = 1\"))\nvar w bytes.Buffer\nw.WriteString(w.String())\nt.Execute(&w, w)\ndb.Exec(w.String())\ndb.Exec(\"SET b.x = 1\")\n")
	}},
	{"an element of a parameter that holds another of its elements", 1, "", func() string {
		return head + "func f(m map[string]any) {\n\tswitch v := m[\"a\"].(type) {\n\tcase []string:\n\t\tm[\"b\"] = []any{v}\n\tcase string:\n\t\tdb.Exec(v)\n\t\tdb.Exec(\"SET a.x = 1\")\n\t}\n}\n"
	}},
	{"labels, gotos and code that is not reached", 1, "", func() string {
		return fn("q := \"SET a.x = 1\"\nagain:\nfor {\nfor b { if b { continue again }; break again }\nq += \"x\"\nselect {}\n}\nif b { goto again }\nreturn\ndb.Exec(q)\n", "db.Exec(\"SET b.x = 1\")\n")
	}},
}

// chain writes a format for each pair (i, i+1) below n.
func chain(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i, i+1)
	}
	return b.String()
}

// A package may cost more processor time than stall, its parsing and type check
// included, if it costs at most stallFactor times what ordinary code does: the
// same machine is twice as slow in one hour as in another. slow is more of it
// where the race detector watches.
const (
	stall       = 5 * time.Second * slow
	stallFactor = 20
)

// cost is the processor time that a package needs.
func cost(t *testing.T, source string) (*checked, time.Duration) {
	t.Helper()
	start := processorTime()
	c := check(t, analyzer.Options{}, source)
	return c, processorTime() - start
}

// ordinary is a package of 300 kB, as a program's tables and queries are.
func ordinary() string {
	var b strings.Builder
	b.WriteString(head)
	for i := range 2_500 {
		fmt.Fprintf(&b, "func ordinary%d(id int) error {\n\t_, err := db.Exec(\"UPDATE shop SET name = $1 WHERE id = $2\", \"x\", id)\n\treturn err\n}\n", i)
	}
	return b.String()
}

// maxMemory bounds what all of them need, in bytes.
const maxMemory = 1 << 30

func TestHostilePackages(t *testing.T) {
	for _, h := range packagesOfHell {
		t.Run(h.name, func(t *testing.T) {
			source := h.source()
			c, took := cost(t, source)
			t.Logf("took %v", took)
			if took > stall {
				if _, usual := cost(t, ordinary()); took > stallFactor*usual {
					t.Errorf("took %v, ordinary code %v", took, usual)
				}
			}
			if n := len(c.diagnostics); n < h.findings {
				t.Errorf("%d findings, want at least %d", n, h.findings)
			}
			said := strings.Join(c.lines(), "\n")
			if h.skipped != "" && !strings.Contains(said, h.skipped) {
				t.Errorf("nothing says that something was left out (%q)", h.skipped)
			}
			if len(said) < 2_000 {
				t.Log(said)
			}
		})
	}
	if peak := peakMemory(); peak > maxMemory*slow {
		t.Errorf("needed %d MB of memory", peak>>20)
	} else {
		t.Logf("needed %d MB of memory", peak>>20)
	}
}

// What a connection string can be is found once, however many it can be: xo/dburl
// has some two hundred.
func TestConnectionStringsOfManyAlternatives(t *testing.T) {
	work := func(n int) uint64 {
		source := head + `func open(a, b, c, d, e, f string) { sql.Open("pgx", "postgres://"+a+"/"+b+c+d+e+f) }
func wrap(a, b, c, d, e, f string) { open(a, b, c, d, e, f) }
` + each(n, "func f#(x string) { wrap(\"h#\", \"b#\", \"c#\", \"d#\", \"e#\", x) }\n")
		before := steps()
		check(t, analyzer.Options{}, source)
		return steps() - before
	}
	work(1)
	if one, many := work(1), work(60); many > 40*one { // 16 times; found anew for each of them, 90
		t.Errorf("one alternative takes %d allocations, 60 take %d", one, many)
	}
}

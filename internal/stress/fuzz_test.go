package stress

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// writer makes Go code of bytes: each byte chooses what comes next, so that
// the fuzzer reaches any shape by changing some of them. What it writes need
// not compile.
type writer struct {
	strings.Builder
	choices []byte
	depth   int
}

func (w *writer) choose(n int) int {
	if len(w.choices) == 0 {
		return 0
	}
	c := int(w.choices[0])
	w.choices = w.choices[1:]
	return c % n
}

func (w *writer) pick(words ...string) string { return words[w.choose(len(words))] }

func (w *writer) name() string {
	return w.pick("q", "r", "s", "m[\"a\"]", "l[0]", "x.f", "x.next.g", "*p", "c", "b1", "any1", "gen", "nosuch")
}

func (w *writer) literal() string {
	return w.pick(`"SET a.x = 1"`, "`SET LOCAL a.y = 1`", `"; "`, `""`, `"\tSELECT\x00 pg_advisory_lock(1)\u2028"`, "`SELECT $1, ?, :n, %s`",
		`"LISTEN \xff\U0010ffff"`, `"%[2]s %*d %v%%"`, `"RESET ALL"`, "`BEGIN;\r\nSET LOCAL a.z = '`", `"SELECT set_config($1, $2, false)"`, `"DISCARD ALL"`, "'x'", "1 << 62")
}

// expression writes one of at most a few levels.
func (w *writer) expression() {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > 6 || len(w.choices) == 0 {
		w.WriteString(w.literal())
		return
	}
	switch w.choose(16) {
	case 0, 1:
		w.WriteString(w.literal())
	case 2, 3:
		w.WriteString(w.name())
	case 4, 5:
		w.list("", " + ", "", 2)
	case 6:
		w.list("fmt.Sprintf(", ", ", ")", 1+w.choose(4))
	case 7:
		w.list(w.pick("strings.TrimSpace(", "strings.Repeat(", "strings.Join(", "strings.ReplaceAll(", "strings.Split(", "strings.NewReader(", "fmt.Sprint(", "fmt.Appendf("),
			", ", ")", w.choose(4))
	case 8:
		w.list(w.pick("wrap(", "gen(", "x.Do(", "deep(", "q(", "func(q string) string { return q }(", "string(", "[]byte(", "text(", "append("), ", ", ")", w.choose(3))
	case 9:
		w.list(w.pick("[]string{", "map[string]string{\"a\": ", "st{", "&st{f: ", "[...]string{2: ", "struct{ a, b string }{"), ", ", "}", w.choose(4))
	case 10:
		w.list("(", "", ")", 1)
	case 11:
		w.list("", "[", "]", 2)
	case 12:
		w.list("", "", w.pick(".f", ".(string)", "[1:]", "[:", ".String()", ".Do"), 1)
	case 13:
		w.WriteString("func() string {\n")
		w.statements(2)
		w.list("return ", "", "\n}", 1)
		w.WriteString(w.pick("()", "", "("))
	case 14:
		w.list(w.pick("&", "*", "-", "<-"), "", "", 1)
	case 15:
		w.WriteString(w.pick("nil", "ctx", "db", "tx", "[]any{1, \"x\"}...", "_", "x"))
	}
}

func (w *writer) list(open, between, end string, n int) {
	w.WriteString(open)
	for i := range n {
		if i > 0 {
			w.WriteString(between)
		}
		w.expression()
	}
	w.WriteString(end)
}

func (w *writer) statements(n int) {
	w.depth++
	defer func() { w.depth-- }()
	for range n {
		if w.depth < 8 && len(w.choices) > 0 {
			w.statement()
		}
	}
}

func (w *writer) statement() {
	switch w.choose(14) {
	case 0, 1, 2:
		w.list(w.pick("db.Exec(", "tx.Exec(", "db.QueryContext(ctx, ", "conn.ExecContext(ctx, ", "db.Prepare(", "wrap(", "x.Do(", "gen(", "deep("), ", ", ")\n", w.choose(4))
	case 3, 4:
		w.WriteString(w.name())
		w.list(w.pick(" = ", " := ", " += ", " -= ", ", s = "), ", ", "\n", 1+w.choose(2))
	case 5:
		w.list("if b == ", "", " {\n", 1)
		w.statements(2)
		w.WriteString(w.pick("}\n", "} else {\n"))
		w.statements(1)
		w.WriteString(w.pick("}\n", ""))
	case 6:
		w.list(w.pick("for _, q := range ", "for q := range ", "for q = range ", "for b = "), "", " {\n", 1)
		w.statements(2)
		w.WriteString("}\n")
	case 7:
		w.list("switch ", "", " {\ncase 1:\n", 1)
		w.statements(1)
		w.WriteString(w.pick("fallthrough\n", "break\n", "", "continue\n") + "default:\n")
		w.statements(1)
		w.WriteString("}\n")
	case 8:
		w.WriteString("//poolvet:" + w.pick("ignore set-parameter -- reason", "ignore", "direct -- own", "ignore session-lock,listen --", "direct x", "\xff", "") + "\n")
	case 9:
		w.list(w.pick("w.WriteString(", "w.Write(", "w.WriteByte(", "fmt.Fprintf(&w, ", "fmt.Fprint(", "w.Reset("), ", ", ")\n", w.choose(3))
	case 10:
		w.list("db.Exec(w.String()", "", ")\n", 0)
	case 11:
		w.list("return ", ", ", "\n", w.choose(3))
	case 12:
		w.list("defer func(q string) { db.Exec(q) }(", ", ", ")\n", w.choose(3))
	case 13:
		w.WriteString(w.pick("goto l\n", "l:\n", "break l\n", "var c st\n", "const c = \"SET a.c = 1\"\n", "type text string\n", "func() {}()\n", "}\n", "{\n"))
	}
}

// program is the package that choices stand for.
func program(choices []byte) string {
	w := writer{choices: choices}
	w.WriteString(head + `
type text string
type st struct { f, g string; next *st; Do func(string) string }
func gen[T ~string | ~[]byte](q T) T { db.Exec(string(q)); return q }
func deep(q string) string { if b { return wrap(deep(q)) }; return q + "; SET a.deep = 1" }
func wrap(q string, args ...any) string { db.Exec(q, args...); return q }

`)
	for range 1 + w.choose(3) {
		w.WriteString(w.pick("func f", "func (x *st) F", "func init", "func g") +
			w.pick("(q, r, s string, l []string, m map[string]string, x *st, p *string, tx *sql.Tx, conn *sql.Conn)", "(q string)", "(q ...string)", "(_ string, x st)", "()") +
			w.pick("", " string", " (q string, err error)") + " {\nvar w strings.Builder\n")
		w.statements(12)
		w.WriteString("}\n\n")
	}
	return w.String()
}

func FuzzAnalyzer(f *testing.F) {
	f.Add([]byte(nil))
	for seed := range 40 {
		choices := make([]byte, 400)
		x := uint32(seed)*2654435761 + 1
		for i := range choices {
			x = x*1664525 + 1013904223
			choices[i] = byte(x >> 24)
		}
		f.Add(choices)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 4_000 {
			return
		}
		source := program(choices)
		c := check(t, analyzer.Options{Strict: true}, source)
		if err := c.sound(); err != nil {
			t.Errorf("%v\n%s", err, source)
		}
	})
}

func FuzzDirective(f *testing.F) {
	for _, text := range []string{"ignore set-parameter -- reason", "direct -- own", "", "ignore", "ignore ,,, --", "ignore set-role,", "direct x -- y", "\xff\x00", "ignore set-parameter--x", "-- --"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text, _, _ = strings.Cut(text, "\n")
		source := "//poolvet:" + text + "\n" + head + "//poolvet:" + text + "\nfunc f() {\n//poolvet:" + text + "\ndb.Exec(\"SET a.x = 1\") //poolvet:" + text + "\n}\n//poolvet:" + text
		c := check(t, analyzer.Options{}, source)
		if err := c.sound(); err != nil {
			t.Error(err)
		}
		if n := len(c.diagnostics); n > 6 {
			t.Errorf("%d diagnostics for one statement and five directives", n)
		}
	})
}

// sound reports a diagnostic that no driver could show.
func (c *checked) sound() error {
	for _, d := range c.diagnostics {
		file := c.fset.File(d.Pos)
		switch {
		case file == nil || !slices.ContainsFunc(c.files, func(f *ast.File) bool { return c.fset.File(f.FileStart) == file }):
			return fmt.Errorf("%q stands in no file of the package", d.Message)
		case d.End < d.Pos || int(d.End) > file.Base()+file.Size():
			return fmt.Errorf("%q ends at %d, begins at %d, in a file from %d to %d", d.Message, d.End, d.Pos, file.Base(), file.Base()+file.Size())
		case strings.ContainsAny(d.Message, "\n\r\x00") || strings.TrimSpace(d.Message) == "":
			return fmt.Errorf("%q is not one line", d.Message)
		case len(d.SuggestedFixes) > 1:
			return fmt.Errorf("%q has %d fixes", d.Message, len(d.SuggestedFixes))
		}
		for _, fix := range d.SuggestedFixes {
			for _, e := range fix.TextEdits {
				if e.Pos < token.Pos(file.Base()) || e.End < e.Pos || e.End > token.Pos(file.Base()+file.Size()) {
					return fmt.Errorf("%q edits [%d, %d) of a file from %d to %d", d.Message, e.Pos, e.End, file.Base(), file.Base()+file.Size())
				}
			}
		}
	}
	for _, s := range c.result.Skipped {
		if s.Reason == "" || strings.ContainsAny(s.Reason, "\n\r\x00") {
			return fmt.Errorf("%q is not one line", s.Reason)
		}
	}
	return nil
}

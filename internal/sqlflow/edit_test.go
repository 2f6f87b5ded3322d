package sqlflow

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// edited applies an edit to a source that it was made for.
func edited(file *token.File, src string, e analysis.TextEdit) string {
	return src[:file.Offset(e.Pos)] + string(e.NewText) + src[file.Offset(e.End):]
}

// parsed makes a flow of one file that only positions are asked of.
func parsed(t testing.TB, src string) (*SQL, *token.File, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	name := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(name, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments)
	if err != nil {
		t.Skip(err) // no literal
	}
	pass := &analysis.Pass{Fset: fset, Files: []*ast.File{file}, ReadFile: os.ReadFile}
	return &SQL{Flow: &eval.Evaluator{Flow: &flow.Flow{Pass: pass, Info: &types.Info{}}}}, fset.File(file.Pos()), file
}

func literalIn(file *ast.File) (lit *ast.BasicLit) {
	ast.Inspect(file, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			lit = l
		}
		return true
	})
	return lit
}

// Whatever the literal and whatever part of it, the edit changes exactly those
// bytes of its value.
func FuzzEdit(f *testing.F) {
	for _, literal := range []string{
		`"SET x = 1"`, `"tab\tquote\"é\u00e9\x27\n\101\U0001F600 end"`, "`raw \\n \"\n second é`", `""`, "``",
		"`a\r\nb\rc\r\r\nd\n`", `"\xff\xc3\u00e9"`,
	} {
		f.Add(literal, uint(0), uint(3), "LOCAL ")
		f.Add(literal, uint(3), uint(0), "a\n\"\\`%\x00")
		f.Add(literal, uint(5), uint(30), "")
		f.Add(literal, uint(1), uint(1), "a`b")
		f.Add(literal, uint(1), uint(1), "\r")
		f.Add(literal, uint(1), uint(1), "\ufeff")
	}
	f.Fuzz(func(t *testing.T, literal string, start, size uint, with string) {
		if literal == "" || literal[0] != '"' && literal[0] != '`' {
			t.Skip()
		}
		src := "package p\n\nvar s = " + literal + "\n"
		flow, file, syntax := parsed(t, src)
		lit := literalIn(syntax)
		if lit == nil || len(syntax.Decls) != 1 || lit.End() != lit.Pos()+token.Pos(len(literal)) {
			t.Skip()
		}
		value, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		from := min(start, uint(len(value)))
		to := min(from+min(size, uint(len(value))), uint(len(value)))
		known := text.Text{Value: value}
		if value != "" {
			known.Pieces = []text.Piece{{End: len(value), Node: lit, Lit: lit, Raw: flow.Flow.Raw(lit)}}
		}
		edit, ok := flow.Edit(known, int(from), int(to), with)
		raw := literal[0] == '`'
		if possible := value != "" && text.OnCharacter(value, int(from)) && text.OnCharacter(value, int(to)) &&
			(!raw || utf8.ValidString(with) && !strings.ContainsAny(with, "`\r\x00\ufeff")); ok != possible {
			t.Fatalf("%s [%d:%d] by %q: %t", literal, from, to, with, ok)
		}
		if !ok {
			return
		}
		after, err := parser.ParseFile(token.NewFileSet(), "p.go", edited(file, src, edit), 0)
		if err != nil {
			t.Fatalf("%s [%d:%d] by %q: %v", literal, from, to, with, err)
		}
		got, err := strconv.Unquote(literalIn(after).Value)
		if want := value[:from] + with + value[to:]; err != nil || got != want {
			t.Errorf("%s [%d:%d] by %q: %q, want %q (%v)", literal, from, to, with, got, want, err)
		}
	})
}

// Each source has words that are put before its ^, in the text that reaches db;
// what is marked has none where it cannot be done.
func TestEditOfAssembledText(t *testing.T) {
	for _, test := range []struct {
		name, body, words, want string
	}{
		{"a literal", `db.Exec("SET x")`, "SET", `db.Exec("SET LOCAL% x")`},
		{"the second of two parts", "db.Exec(\"a;\\t\" +\n\t`SET x`)", "SET", "db.Exec(\"a;\\t\" +\n\t`SET LOCAL% x`)"},
		{"a constant", "const q = `SET x`\n\tdb.Exec(q)", "SET", "const q = `SET LOCAL% x`\n\tdb.Exec(q)"},
		{"a format", `db.Exec(fmt.Sprintf("%d%% SET %s", 1, s))`, "SET", `db.Exec(fmt.Sprintf("%d%% SET LOCAL%% %s", 1, s))`},
		{"a format in a constant", "const q = `%s SET x`\n\tdb.Exec(fmt.Sprintf(q, s))", "SET", "const q = `%s SET LOCAL%% x`\n\tdb.Exec(fmt.Sprintf(q, s))"},
		{"an argument of a format", `db.Exec(fmt.Sprintf("%s %s", "SET x", s))`, "SET", `db.Exec(fmt.Sprintf("%s %s", "SET LOCAL% x", s))`},
		{"a format without a verb", `db.Exec(fmt.Sprintf("SET x"))`, "SET", `db.Exec(fmt.Sprintf("SET LOCAL%% x"))`},
		{"a builder", "var b strings.Builder\n\tb.WriteString(`SET x`)\n\tdb.Exec(b.String())", "SET", "var b strings.Builder\n\tb.WriteString(`SET LOCAL% x`)\n\tdb.Exec(b.String())"},
		{"a number of a format", `db.Exec(fmt.Sprintf("SET x = %d", 5))`, "5", ""},
		{"an unknown part", `db.Exec("SET " + s)`, text.HoleText, ""},
		{"repeated", `db.Exec(strings.Repeat("SET x;", 2))`, "SET", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := "package p\nimport (\"database/sql\"; \"fmt\"; \"strings\")\nvar _ = []any{fmt.Sprint, strings.Join}\n" +
				"func f(db *sql.DB, s string) {\n\t%s\n}\n"
			src, want := strings.Replace(src, "%s", test.body, 1), strings.Replace(src, "%s", test.want, 1)
			flow := flowOf(t, src)
			text := flow.Queries[0].Text
			at := strings.Index(text.Value, test.words) + len(test.words)
			edit, ok := flow.Edit(text, at, at, " LOCAL%")
			if ok != (test.want != "") {
				t.Fatalf("%q: %t", text.Value, ok)
			}
			if !ok {
				return
			}
			if got := edited(fset.File(edit.Pos), src, edit); got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}

func TestNoEditAcrossPartsOrInGeneratedFiles(t *testing.T) {
	flow := flowOf(t, "package p\nimport \"database/sql\"\nfunc f(db *sql.DB) { db.Exec(`SET ` + `x = 1`) }")
	if _, ok := flow.Edit(flow.Queries[0].Text, 0, 5, "RESET"); ok {
		t.Error("an edit of two literals at once")
	}
	flow = flowOf(t, "// Code generated by hand. DO NOT EDIT.\n\npackage p\nimport \"database/sql\"\nfunc f(db *sql.DB) { db.Exec(`SET x`) }")
	if _, ok := flow.Edit(flow.Queries[0].Text, 0, 3, "RESET"); ok {
		t.Error("an edit in a generated file")
	}
}

package analyzer

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	directives "github.com/poolvet/poolvet/internal/directive"
)

// The lines that a directive holds for, of those that say want.
func TestExtent(t *testing.T) {
	for name, src := range map[string]string{
		"line and the next":         "package p\nvar a = 1\n//poolvet:direct -- x\nvar b = 1 // want\nvar c = 1\n",
		"own line":                  "package p\nvar a = 1\nvar b = 1 //poolvet:direct -- x // want\nvar c = 1 // want\nvar d = 1\n",
		"a comment goes on below":   "package p\nfunc f() {\n\t//poolvet:direct -- x\n\t// and more\n\tg() // want\n\tg()\n}\n",
		"a function":                "package p\n//poolvet:direct -- x\nfunc f() { // want\n\tg() // want\n} // want\nfunc g() {}\n",
		"one constant of a group":   "package p\nconst (\n\ta = 1\n\t//poolvet:direct -- x\n\tb = // want\n\t1 // want\n\tc = 1\n)\n",
		"a file":                    "//poolvet:direct -- x\n\npackage p // want\nvar a = 1 // want\n",
		"the package":               "//poolvet:direct -- x\npackage p // want\nvar a = 1 // want\n",
		"the last line of the file": "package p\nvar a = 1\nvar b = 1 //poolvet:direct -- x // want",
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
		if err != nil {
			t.Fatal(name, err)
		}
		var d *directive
		for _, group := range file.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, directives.Go) {
					d = new(directive)
					d.from, d.to = directives.Extent(fset, file, group, c)
				}
			}
		}
		tf := fset.File(file.Package)
		for i, line := range strings.Split(src, "\n") {
			if line == "" || strings.HasPrefix(strings.TrimSpace(line), "//") {
				continue
			}
			pos := tf.LineStart(i+1) + 1
			if got, want := d.covers(pos), strings.Contains(line, "// want"); got != want {
				t.Errorf("%s: line %d %q: %v, want %v", name, i+1, line, got, want)
			}
		}
	}
}

func TestOptions(t *testing.T) {
	for _, test := range []struct {
		opts Options
		want string // in the error, "" for none
	}{
		{Options{}, ""},
		{Options{Pooler: "pgbouncer@1.18", Rules: []string{"-listen"}, PreparedStatements: "off"}, ""},
		{Options{Pooler: "pgbonucer"}, `pooler: pooler "pgbonucer" is not known (did you mean pgbouncer?); known are rdsproxy`},
		{Options{Pooler: "pgbouncer@9.9"}, "9.9"},
		{Options{Rules: []string{"set-rol"}}, `rules: "set-rol" is not known (did you mean set-role?); known are set-parameter`},
		{Options{Funcs: []string{"Run"}}, "(*example.com/db.Store).Run:1"},
		{Options{PreparedStatements: "yes"}, `"yes" is neither on nor off`},
		{Options{Direct: []string{"[x"}}, `"[x" is no package pattern`},
	} {
		err := test.opts.Validate()
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%+v: %v, want %q", test.opts, err, test.want)
		}
	}
}

func TestRuleSelection(t *testing.T) {
	for _, test := range []struct {
		rules []string
		on    string
		off   string
	}{
		{nil, "listen", ""},
		{[]string{"-listen"}, "set-role", "listen"},
		{[]string{"listen"}, "listen", "set-role"},
		{[]string{"listen", "-listen"}, "", "listen"},
	} {
		s, err := Options{Rules: test.rules}.settings()
		if err != nil {
			t.Fatal(err)
		}
		if test.on != "" && !s.enabled(test.on) || test.off != "" && s.enabled(test.off) {
			t.Errorf("%v: on %q, off %q", test.rules, test.on, test.off)
		}
	}
}

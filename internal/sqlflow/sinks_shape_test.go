package sqlflow

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/internal/library"
)

// TestShapeSink compares shapeSink with the comments of testdata/shapes, on
// every method that is declared there.
func TestShapeSink(t *testing.T) {
	if testing.Short() {
		t.Skip("loads testdata")
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax,
		Dir:  "../../testdata",
	}, "./shapes")
	if err != nil {
		t.Fatal(err)
	}
	pkg := pkgs[0]
	for _, err := range pkg.Errors {
		t.Fatal(err)
	}
	comments := map[string]string{} // by file:line
	for _, f := range pkg.Syntax {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if want, ok := strings.CutPrefix(c.Text, "// sink "); ok {
					comments[lineOf(pkg, c)] = want
				}
			}
		}
	}
	sinks, methods := 0, 0
	for id, obj := range pkg.TypesInfo.Defs {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Signature().Recv() == nil {
			continue
		}
		methods++
		got := ""
		if s, ok := shapeSink(fn); ok {
			sinks++
			got = fmt.Sprint(s.Arg)
			if s.Prepares {
				got += " prepares"
			}
		}
		if want := comments[lineOf(pkg, id)]; got != want {
			t.Errorf("%s: %s: got sink %q, want %q", lineOf(pkg, id), fn.FullName(), got, want)
		}
	}
	if sinks == 0 || sinks == methods {
		t.Errorf("%d sinks among %d methods", sinks, methods)
	}
}

func lineOf(pkg *packages.Package, n ast.Node) string {
	p := pkg.Fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

func TestFuncsAdd(t *testing.T) {
	for _, tt := range []struct {
		spec, pkg string
		n         name
		arg       int
	}{
		{"(*example.com/db.Store).Run:1", "example.com/db", library.NameOf("Store.Run"), 1},
		{"(example.com/db.v2.Querier).Run:0", "example.com/db.v2", library.NameOf("Querier.Run"), 0},
		{"example.com/db.Run:2", "example.com/db", library.NameOf("Run"), 2},
	} {
		f := Funcs{}
		if err := f.Add(tt.spec); err != nil {
			t.Errorf("%s: %v", tt.spec, err)
		} else if s := f[tt.pkg][tt.n]; len(s) != 1 || s[0].Arg != tt.arg {
			t.Errorf("%s: %v", tt.spec, f)
		}
	}
	for _, spec := range []string{"", "Run", "Run:1", "example.com/db.Run", "example.com/db.Run:-1", "example.com/db.Run:x", "(*example.com/db.Store).:1", "(*Store).Run:1"} {
		if err := (Funcs{}).Add(spec); err == nil {
			t.Errorf("%q is taken", spec)
		}
	}
}

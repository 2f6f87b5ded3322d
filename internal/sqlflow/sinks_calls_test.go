package sqlflow

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/poolvet/poolvet/internal/library"
)

// TestSinkCalls proves that calls as programs write them, promoted methods,
// interfaces and generics among them, lead to the table: in testdata/sinks an
// argument's name says what is to be known of it.
func TestSinkCalls(t *testing.T) {
	if testing.Short() {
		t.Skip("loads testdata")
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: "../../testdata"}, "./sinks")
	if err != nil {
		t.Fatal(err)
	}
	pkg := pkgs[0]
	for _, err := range pkg.Errors {
		t.Fatal(err)
	}
	modes := map[string]Mode{"statement": Statement, "fragment": Fragment, "channel": Channel, "files": Files}
	calls := 0
	for _, f := range pkg.Syntax {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for i, arg := range call.Args {
				id, ok := arg.(*ast.Ident)
				if !ok {
					continue
				}
				mode, ok := modes[id.Name]
				if !ok {
					continue
				}
				calls++
				if obj := typeutil.Callee(pkg.TypesInfo, call); obj == nil || !hasSink(obj, i, mode) {
					t.Errorf("%s: %s does not take %s at %d", lineOf(pkg, call), types.ExprString(call.Fun), id.Name, i)
				}
			}
			return true
		})
	}
	if calls < 80 {
		t.Errorf("only %d arguments", calls)
	}
}

func hasSink(fn types.Object, arg int, mode Mode) bool {
	for _, s := range sinksOf(fn) {
		if s.Mode == mode && (s.Arg == arg || s.All && s.Arg < arg) {
			return true
		}
	}
	return false
}

// No function of the tables may make the flow panic by a call that is not
// whole, as code has it that is being written.
func TestSinkCallsThatAreNotWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := loadLibraries()
	if err != nil {
		t.Fatal(err)
	}
	for p := range proved() {
		names := map[name]bool{}
		for n := range library.AllSinks().Funcs[p.path] {
			names[n] = true
		}
		for _, c := range p.Callbacks {
			names[library.NameOf(c.Func)] = true
		}
		var b strings.Builder
		fmt.Fprintf(&b, "package p\nimport lib %q\nfunc two() (string, string) { return `SET a.b = 1`, `x` }\n", p.path)
		i := 0
		for n := range names {
			call := "lib." + n.Name
			if n.Owner == "" {
				fmt.Fprintf(&b, "func f%d() {\n", i)
			} else {
				call = "v." + n.Name
				fmt.Fprintf(&b, "func f%d(v lib.%s, w *lib.%s) {\n", i, n.Owner, n.Owner)
			}
			for _, args := range []string{"", "nil", "`SET a.b = 1`", "two()", "nil, `SET a.b = 1`", "`a`, `SET a.b = 1`, `c`, `d`, `e`", "two()...", "func() {}"} {
				fmt.Fprintf(&b, "%s(%s)\n", call, args)
				if n.Owner != "" {
					fmt.Fprintf(&b, "w.%s(%s)\n", n.Name, args)
				}
			}
			b.WriteString("}\n")
			i++
		}
		func() {
			defer func() {
				if x := recover(); x != nil {
					t.Errorf("%s: %v", p.path, x)
				}
			}()
			flow := flowWith(t, b.String(), importing(libs))
			for _, q := range flow.Queries {
				for _, u := range q.Uses {
					u.Bound("1")
					u.BoundExpr(1)
					flow.Outlived(u)
				}
			}
			flow.Loose()
		}()
	}
}

// importing finds packages among those loaded, else in the standard library.
type importing map[string]*types.Package

func (m importing) Import(path string) (*types.Package, error) {
	if pkg := m[path]; pkg != nil {
		return pkg, nil
	}
	return std.Import(path)
}

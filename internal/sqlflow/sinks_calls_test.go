package sqlflow

import (
	"go/ast"
	"go/types"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/typeutil"
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

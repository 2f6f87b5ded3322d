package sqlflow

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/poolvet/poolvet/internal/flow"
	"golang.org/x/tools/go/packages"
)

// loadLibraries loads the packages of the tables, at the versions that
// testdata's go.mod pins, from export data.
var loadLibraries = sync.OnceValues(func() (map[string]*types.Package, error) {
	l := known()
	paths := slices.Collect(maps.Keys(l.funcs))
	paths = slices.AppendSeq(paths, maps.Keys(l.fields))
	paths = slices.AppendSeq(paths, maps.Keys(handleTypes))
	paths = slices.AppendSeq(paths, maps.Keys(callbacks))
	paths = slices.DeleteFunc(paths, isOlderHome)
	slices.Sort(paths)
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile,
		Dir:  "../../testdata",
	}, slices.Compact(paths)...)
	if err != nil {
		return nil, err
	}
	loaded := map[string]*types.Package{}
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			return nil, fmt.Errorf("%s: %v", pkg.PkgPath, pkg.Errors)
		}
		loaded[pkg.PkgPath] = pkg.Types
	}
	return loaded, nil
})

// isOlderHome: an older major has the API that the row is proved on.
func isOlderHome(path string) bool {
	for line := range strings.Lines(sinkText) {
		if paths := strings.Fields(line); line[0] != '\t' && len(paths) > 1 && slices.Contains(paths[1:], path) {
			return !strings.Contains("\n"+sinkText, "\n"+path+"\n")
		}
	}
	return false
}

// TestSinkTable proves every row of sinks.txt on the real library: the
// function is there, is found again from its *types.Func, and takes text at
// that place.
func TestSinkTable(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := loadLibraries()
	if err != nil {
		t.Fatal(err)
	}
	l := known()
	rows := 0
	for path, names := range l.funcs {
		if isOlderHome(path) {
			continue
		}
		for n, sinks := range names {
			for _, s := range sinks {
				rows++
				if err := checkSink(libs[path], n, s); err != nil {
					t.Errorf("%s: %s.%s: %v", path, n.owner, n.name, err)
				}
			}
		}
	}
	for path, fields := range l.fields {
		for n, s := range fields {
			rows++
			if err := checkField(libs[path], n, s); err != nil {
				t.Errorf("%s: %s.%s: %v", path, n.owner, n.name, err)
			}
		}
	}
	if rows < 400 {
		t.Errorf("only %d rows", rows)
	}
}

// A row that names what a library does not have, or another argument, fails.
func TestSinkTableRejects(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := loadLibraries()
	if err != nil {
		t.Fatal(err)
	}
	sql := libs["database/sql"]
	for _, tt := range []struct {
		n name
		s Sink
	}{
		{name{"DB", "Exce"}, Sink{Arg: 0}},
		{name{"Db", "Exec"}, Sink{Arg: 0}},
		{name{"DB", "ExecContext"}, Sink{Arg: 0}},
		{name{"DB", "ExecContext"}, Sink{Arg: 3}},
		{name{"", "Exec"}, Sink{Arg: 0}},
		{name{"Stmt", "Close"}, Sink{Arg: 0}},
	} {
		if checkSink(sql, tt.n, tt.s) == nil {
			t.Errorf("%v at %d passes", tt.n, tt.s.Arg)
		}
	}
	if checkField(libs["github.com/jackc/pgx/v5"], name{"TxOptions", "BeginSQL"}, Sink{}) == nil {
		t.Error("TxOptions.BeginSQL passes")
	}
}

func checkSink(pkg *types.Package, n name, s Sink) error {
	obj, sig := declared(pkg, n)
	if sig == nil {
		return fmt.Errorf("no such function")
	}
	if !slices.Contains(sinksOf(obj), s) {
		return fmt.Errorf("found as %v, which sinksOf does not know", obj)
	}
	if s.Arg >= sig.Params().Len() {
		return fmt.Errorf("has no argument %d: %v", s.Arg, sig)
	}
	param := sig.Params().At(s.Arg).Type()
	if variadic := sig.Variadic() && s.Arg == sig.Params().Len()-1; variadic {
		param = param.(*types.Slice).Elem()
	} else if s.All {
		return fmt.Errorf("argument %d is not variadic", s.Arg)
	}
	if !takes(param, s.Mode) {
		return fmt.Errorf("argument %d is a %v", s.Arg, param)
	}
	return nil
}

func checkField(pkg *types.Package, n name, s Sink) error {
	obj := pkg.Scope().Lookup(n.owner)
	if obj == nil {
		return fmt.Errorf("no such type")
	}
	field, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, n.name)
	v, ok := field.(*types.Var)
	if !ok {
		return fmt.Errorf("no such field")
	}
	if got, ok := fieldSinkOf(v); !ok || got != s {
		return fmt.Errorf("fieldSinkOf = %v, %v", got, ok)
	}
	t := v.Type()
	if slice, ok := t.Underlying().(*types.Slice); ok {
		t = slice.Elem()
	}
	if !takes(t, s.Mode) {
		return fmt.Errorf("is a %v", v.Type())
	}
	return nil
}

// takes reports whether a value of type t can be text of this mode.
func takes(t types.Type, m Mode) bool {
	if m == Files {
		return t.String() == "io/fs.FS" || t.String() == "embed.FS"
	}
	return flow.IsString(t) || flow.IsAny(t)
}

// declared finds what a row names: a method that the very type declares, or a
// package function or a variable that holds one.
func declared(pkg *types.Package, n name) (types.Object, *types.Signature) {
	if pkg == nil {
		return nil, nil
	}
	if n.owner == "" {
		obj := pkg.Scope().Lookup(n.name)
		if obj == nil {
			return nil, nil
		}
		sig, _ := obj.Type().Underlying().(*types.Signature)
		return obj, sig
	}
	owner := pkg.Scope().Lookup(n.owner)
	if owner == nil {
		return nil, nil
	}
	obj, _, _ := types.LookupFieldOrMethod(owner.Type(), true, pkg, n.name)
	fn, ok := obj.(*types.Func)
	if !ok || receiverName(fn) != n.owner {
		return nil, nil
	}
	return fn, fn.Signature()
}

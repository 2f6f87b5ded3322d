package sqlflow

import (
	"fmt"
	"go/types"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// loadLibraries loads the packages that are known, at the versions that
// testdata's go.mod pins, from export data.
var loadLibraries = sync.OnceValues(func() (map[string]*types.Package, error) {
	files := map[string]string{}
	for p := range proved() {
		files[p.path] = p.file
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile,
		Dir:  "../../testdata",
	}, slices.Sorted(maps.Keys(files))...)
	if err != nil {
		return nil, err
	}
	loaded := map[string]*types.Package{}
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			return nil, fmt.Errorf("%s: %v: use it in testdata, or say in Read which version was read", files[pkg.PkgPath], pkg.Errors)
		}
		loaded[pkg.PkgPath] = pkg.Types
	}
	return loaded, nil
})

// known is a package of which the real one is there.
type known struct {
	path string
	file string // that says what is known
	*library.Package
}

// proved are the packages with something to prove here.
func proved() iter.Seq[known] {
	return func(yield func(known) bool) {
		for lib, p := range library.Packages() {
			if lib.Read != "" || p.Sinks == "" && p.Handles == nil && p.Callbacks == nil && p.Results == "" && p.Begins == "" {
				continue
			}
			if !yield(known{p.Path, "internal/library/" + lib.Name + ".go", p}) {
				return
			}
		}
	}
}

// TestSinkTable proves every row of Sinks on the real library: the function is
// there, is found again from its *types.Func, and takes text at that place.
func TestSinkTable(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := loadLibraries()
	if err != nil {
		t.Fatal(err)
	}
	all := library.AllSinks()
	rows := 0
	for p := range proved() {
		for n, sinks := range all.Funcs[p.path] {
			for _, s := range sinks {
				rows++
				if err := checkSink(libs[p.path], n, s); err != nil {
					t.Errorf("%s: %s: %s.%s: %v", p.file, p.path, n.Owner, n.Name, err)
				}
			}
		}
		for n, s := range all.Fields[p.path] {
			rows++
			if err := checkField(libs[p.path], n, s); err != nil {
				t.Errorf("%s: %s: %s.%s: %v", p.file, p.path, n.Owner, n.Name, err)
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
		{library.NameOf("DB.Exce"), Sink{Arg: 0}},
		{library.NameOf("Db.Exec"), Sink{Arg: 0}},
		{library.NameOf("DB.ExecContext"), Sink{Arg: 0}},
		{library.NameOf("DB.ExecContext"), Sink{Arg: 3}},
		{library.NameOf("Exec"), Sink{Arg: 0}},
		{library.NameOf("Stmt.Close"), Sink{Arg: 0}},
	} {
		if checkSink(sql, tt.n, tt.s) == nil {
			t.Errorf("%v at %d passes", tt.n, tt.s.Arg)
		}
	}
	if checkField(libs["github.com/jackc/pgx/v5"], library.NameOf("TxOptions.BeginSQL"), Sink{}) == nil {
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
	obj := pkg.Scope().Lookup(n.Owner)
	if obj == nil {
		return fmt.Errorf("no such type")
	}
	field, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, n.Name)
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
	if n.Owner == "" {
		obj := pkg.Scope().Lookup(n.Name)
		if obj == nil {
			return nil, nil
		}
		sig, _ := obj.Type().Underlying().(*types.Signature)
		return obj, sig
	}
	owner := pkg.Scope().Lookup(n.Owner)
	if owner == nil {
		return nil, nil
	}
	obj, _, _ := types.LookupFieldOrMethod(owner.Type(), true, pkg, n.Name)
	fn, ok := obj.(*types.Func)
	if !ok || receiverName(fn) != n.Owner {
		return nil, nil
	}
	return fn, fn.Signature()
}

package sqlflow

import (
	"fmt"
	"go/types"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/internal/library"
)

// TestHandleTables proves each type and each callback on the real libraries.
func TestHandleTables(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := loadLibraries()
	if err != nil {
		t.Fatal(err)
	}
	for p := range proved() {
		for typeName, want := range p.Handles {
			obj := lookup(libs[p.path], typeName)
			if obj == nil {
				t.Errorf("%s: %s has no type %s", p.file, p.path, typeName)
			} else if got := handleOf(types.NewPointer(obj.Type())); got != want {
				t.Errorf("%s: %s.%s: %v, want %v", p.file, p.path, typeName, got, want)
			}
		}
		for typeName := range p.Results.All() {
			if _, ok := lookup(libs[p.path], typeName).(*types.TypeName); !ok {
				t.Errorf("%s: %s has no type %s", p.file, p.path, typeName)
			}
		}
		for _, c := range p.Callbacks {
			if err := checkCallback(libs[p.path], c); err != nil {
				t.Errorf("%s: %s: %s: %v", p.file, p.path, c.Func, err)
			}
		}
		for f := range p.Begins.All() {
			if obj, sig := declared(libs[p.path], library.NameOf(f)); sig == nil || resultHandle(obj.(*types.Func)) != Tx {
				t.Errorf("%s: %s has no %s that begins", p.file, p.path, f)
			}
		}
	}
}

func checkCallback(pkg *types.Package, c library.Callback) error {
	obj, sig := declared(pkg, library.NameOf(c.Func))
	if sig == nil {
		return fmt.Errorf("no such function")
	}
	if arg, h, ok := callbackHandle(obj.(*types.Func)); !ok || arg != c.Arg || h != c.Handle {
		return fmt.Errorf("callbackHandle = %v, %v, %v", arg, h, ok)
	}
	if c.Arg >= sig.Params().Len() {
		return fmt.Errorf("has no argument %d", c.Arg)
	}
	if _, ok := sig.Params().At(c.Arg).Type().Underlying().(*types.Signature); !ok {
		return fmt.Errorf("argument %d is no function", c.Arg)
	}
	return nil
}

func lookup(pkg *types.Package, name string) types.Object {
	if pkg == nil {
		return nil
	}
	return pkg.Scope().Lookup(name)
}

func TestHandleOfOwnTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("loads testdata")
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadTypes, Dir: "../../testdata"}, "./shapes")
	if err != nil {
		t.Fatal(err)
	}
	for typeName, want := range map[string]Handle{
		"EmbedsDB":    Pool,
		"EmbedsConn":  Conn,
		"EmbedsTx":    Tx,
		"TxInterface": Tx,
		"EmbedsPgxTx": Tx,
		"Session":     UnknownHandle, // begins, commits and rolls back: either
		"HasDBField":  UnknownHandle,
		"DBTX":        UnknownHandle,
		"Querier":     UnknownHandle,
	} {
		obj := lookup(pkgs[0].Types, typeName)
		if obj == nil {
			t.Errorf("no type %s", typeName)
		} else if got := handleOf(obj.Type()); got != want {
			t.Errorf("%s: %v, want %v", typeName, got, want)
		}
	}
	if got := handleOf(types.Typ[types.String]); got != UnknownHandle {
		t.Errorf("string: %v", got)
	}
}

package sqlflow

import (
	"go/types"
	"testing"

	"golang.org/x/tools/go/packages"
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
	for path, handles := range handleTypes {
		if isOlderHome(path) {
			continue
		}
		for typeName, want := range handles {
			obj := lookup(libs[path], typeName)
			if obj == nil {
				t.Errorf("%s has no type %s", path, typeName)
			} else if got := handleOf(types.NewPointer(obj.Type())); got != want {
				t.Errorf("%s.%s: %v, want %v", path, typeName, got, want)
			}
		}
	}
	for path, list := range callbacks {
		for _, c := range list {
			obj, sig := declared(libs[path], c.name)
			if sig == nil {
				t.Errorf("%s has no %v", path, c.name)
				continue
			}
			arg, h, ok := callbackHandle(obj.(*types.Func))
			if !ok || arg != c.arg || h != c.handle {
				t.Errorf("%s: callbackHandle = %v, %v, %v", obj, arg, h, ok)
			}
			if arg >= sig.Params().Len() {
				t.Errorf("%s has no argument %d", obj, arg)
			} else if _, ok := sig.Params().At(arg).Type().Underlying().(*types.Signature); !ok {
				t.Errorf("%s: argument %d is no function", obj, arg)
			}
		}
	}
	for path, n := range map[string]name{"gorm.io/gorm": {"DB", "Begin"}, "github.com/gobuffalo/pop/v6": {"Connection", "NewTransaction"}} {
		if obj, sig := declared(libs[path], n); sig == nil || resultHandle(obj.(*types.Func)) != Tx {
			t.Errorf("%s: the result of %v is no transaction", path, n)
		}
	}
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

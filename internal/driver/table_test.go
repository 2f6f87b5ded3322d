package driver

import (
	"fmt"
	"go/constant"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/internal/library"
)

// libs loads the packages of the tables, at the versions that testdata's
// go.mod pins, from export data.
var libs = sync.OnceValues(func() (map[string]*types.Package, error) {
	paths := map[string]bool{"net/url": true}
	for f := range library.Rows() {
		paths[f.Pkg] = true
	}
	for _, d := range library.Drivers() {
		for _, f := range d.Fields {
			paths[f.Pkg] = true
		}
	}
	for _, m := range []map[string]map[string]string{hookFields, hookOptions} {
		for p := range m {
			paths[p] = true
		}
	}
	for p := range runtimeFields {
		paths[p] = true
	}
	for _, name := range slices.Concat(configTypes, slices.Collect(maps.Keys(reRegisters)), slices.Collect(maps.Keys(takings)), named) {
		p, _ := cut(name)
		paths[p] = true
	}
	maps.DeleteFunc(paths, func(path string, _ bool) bool { return !isPinned(path) })
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile,
		Dir:  "../../testdata",
	}, slices.Sorted(maps.Keys(paths))...)
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

// cut divides "path/of/pkg.Name".
func cut(name string) (pkg, in string) {
	slash := strings.LastIndexByte(name, '/') + 1
	dot := slash + strings.IndexByte(name[slash:], '.')
	return name[:dot], name[dot+1:]
}

// named are the names that checks and literals look for, beside the tables.
var named = []string{
	gormPostgresPath + ".Dialector", gormPostgresPath + ".Config.DSN", gormPostgresPath + ".Config.Conn",
	gormPostgresPath + ".Config.DriverName", gormPostgresPath + ".Config.PreferSimpleProtocol",
	gormPath + ".Config.PrepareStmt", gormPath + ".Session.PrepareStmt",
	riverPath + ".Config.PollOnly", riverPath + ".Config.Queues", riverPath + "/riverdriver/riverpgxv5.Driver",
	pgxlistenPath + ".Listener", pgxlistenPath + ".Listener.Connect", pgdriverPath + ".Config.ConnParams",
	migratePath + "/database/pgx.Config.LockStrategy", pqPath + ".CopyIn",
	pgx5Path + ".Batch.Queue", pgx5Path + ".Conn.SendBatch", pgx5Path + ".Conn.CopyFrom",
	pgx5Path + "/pgxpool.Pool.SendBatch", pgx5Path + "/pgxpool.Pool.CopyFrom",
	pgx5Path + "/pgxpool.Config.ConnConfig", pgx4Path + "/pgxpool.Config.ConnConfig",
	pgx5Path + ".ConnConfig.Config", pgx4Path + ".ConnConfig.Config", pgx5Path + ".ConnConfig.Copy",
	pgx4Path + "/stdlib.GetDefaultDriver", pgx5Path + "/stdlib.GetDefaultDriver", pqPath + ".Driver",
}

// unpinned are packages that testdata's go.mod leaves out: they bring many
// others. What the tables say of them was read in their source, at these
// versions.
var unpinned = []string{
	uptracePath, // v0.3.2
	nhatPath,    // v0.16.0
	ocsqlPath,   // v0.1.7
	"gopkg.in/DataDog/dd-trace-go.v1/contrib", "github.com/DataDog/dd-trace-go/contrib",
	"github.com/aws/aws-xray-sdk-go",      // v1.8.5
	"github.com/simukti/sqldb-logger",     // v0.0.0-20230108155151-646c1a075551
	"gocloud.dev/postgres",                // v0.47.0
	"cloud.google.com/go/cloudsqlconn",    // v1.26.0
	"cloud.google.com/go/alloydbconn",     // v1.19.3
	"github.com/prometheus/client_golang", // v1
}

func isPinned(path string) bool {
	return !slices.ContainsFunc(unpinned, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") })
}

// Every function, field, type and constant that a table names is in the real
// library.
func TestTables(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := libs()
	if err != nil {
		t.Fatal(err)
	}
	names := slices.Concat(configTypes, slices.Collect(maps.Keys(reRegisters)), slices.Collect(maps.Keys(takings)), named)
	for f := range library.Rows() {
		names = append(names, f.Pkg+"."+f.Name)
	}
	for _, d := range library.Drivers() {
		for _, f := range d.Fields {
			names = append(names, f.Pkg+"."+f.Owner+"."+f.Field)
		}
	}
	for p, name := range runtimeFields {
		names = append(names, p+".Config."+name)
	}
	for p, fields := range hookFields {
		owner := "Config"
		if strings.Contains(p, "go-pg") {
			owner = "Options"
		}
		for name := range fields {
			names = append(names, p+"."+owner+"."+name)
		}
	}
	for p, fns := range hookOptions {
		for name := range fns {
			names = append(names, p+"."+name)
		}
	}
	for _, name := range names {
		if p, _ := cut(name); isPinned(p) && resolve(libs, name) == nil {
			t.Errorf("%s: not there", name)
		}
	}
	if len(names) < 120 {
		t.Errorf("only %d names", len(names))
	}
}

// resolve finds pkg.Name or pkg.Type.Member.
func resolve(libs map[string]*types.Package, name string) types.Object {
	pkg, in := cut(name)
	if libs[pkg] == nil {
		return nil
	}
	owner, member, isMember := strings.Cut(in, ".")
	obj := libs[pkg].Scope().Lookup(owner)
	if obj == nil || !isMember {
		return obj
	}
	found, _, _ := types.LookupFieldOrMethod(obj.Type(), true, libs[pkg], member)
	return found
}

func TestResolveRejects(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := libs()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{pqPath + ".NewConector", pqPath + ".Config.Binary", pqPath + ".Confg.BinaryParameters", "example.com/x.Y"} {
		if resolve(libs, name) != nil {
			t.Errorf("%s is there", name)
		}
	}
}

// The arguments that rows name are what they say: a connection string is a
// string, a configuration one that is followed.
func TestRowArguments(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := libs()
	if err != nil {
		t.Fatal(err)
	}
	for f, r := range library.Rows() {
		fn, ok := resolve(libs, f.Pkg+"."+f.Name).(*types.Func)
		if !ok {
			continue // TestTables
		}
		params := fn.Signature().Params()
		is := func(i int, want string, ok func(types.Type) bool) {
			if i >= params.Len() || !ok(params.At(i).Type()) {
				t.Errorf("%s.%s: argument %d is no %s: %v", f.Pkg, f.Name, i, want, fn.Signature())
			}
		}
		switch {
		case r.Role == openWith:
			is(r.Arg, "configuration", isConfig)
		case r.Role == opens, r.Role == parses, r.Role == does && r.Driver != nil:
			is(r.Arg, "string", isString)
			if r.Driver == nil {
				is(r.Named, "string", isString)
			}
		case r.Role == registers:
			is(0, "string", isString)
		}
	}
}

// The constants of pgx v5 and their names in connection strings are the modes
// that it has.
func TestQueryModes(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := libs()
	if err != nil {
		t.Fatal(err)
	}
	scope := libs[pgx5Path].Scope()
	found := 0
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok || !isQueryMode(c.Type()) || c.Val().Kind() != constant.Int {
			continue
		}
		if found++; library.QueryModes[name] == "" {
			t.Errorf("%s is not known", name)
		}
	}
	if found != len(library.QueryModes) {
		t.Errorf("%d modes, want %d", found, len(library.QueryModes))
	}
}

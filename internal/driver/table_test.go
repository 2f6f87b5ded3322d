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

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/library"
)

// libs loads the packages that are known, at the versions that testdata's go.mod
// pins, from export data.
var libs = sync.OnceValues(func() (map[string]*types.Package, error) {
	files := map[string]string{"net/url": ""}
	for _, f := range facts() {
		p, _ := cut(f.name)
		files[p] = f.file
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

// cut divides "path/of/pkg.Name".
func cut(name string) (pkg, in string) {
	slash := strings.LastIndexByte(name, '/') + 1
	dot := slash + strings.IndexByte(name[slash:], '.')
	return name[:dot], name[dot+1:]
}

// fact is something that is said to be in a library: "path/of/pkg.Type.Member".
type fact struct {
	name string
	file string // that says so
}

// facts are all of them, of libraries that testdata has.
func facts() (all []fact) {
	for lib, p := range library.Packages() {
		if lib.Read != "" {
			continue
		}
		for _, name := range namesIn(p) {
			all = append(all, fact{p.Path + "." + name, "internal/library/" + lib.Name + ".go"})
		}
	}
	for _, lib := range library.All() {
		for _, d := range lib.Drivers {
			for _, f := range d.Fields {
				all = append(all, fact{f.Pkg + "." + f.Owner + "." + f.Field, "internal/library/" + lib.Name + ".go"})
			}
		}
	}
	for _, name := range named {
		all = append(all, fact{name, "internal/driver"})
	}
	return all
}

// namesIn are the functions, fields and types that a package is said to have.
func namesIn(p *library.Package) (names []string) {
	add := func(prefix string, words library.Words) {
		for w := range words.All() {
			names = append(names, prefix+w)
		}
	}
	for _, r := range p.Rows {
		add("", r.Names)
	}
	for _, h := range p.Hooks {
		add(strings.TrimPrefix(h.Owner+".", "."), h.Names)
	}
	for _, t := range p.Takings {
		add("", t.Names)
	}
	add("", p.Renames)
	add("", p.Configs)
	add("Config.", library.Words(p.Runtime))
	if p.Driver != nil {
		add("", "Driver")
	}
	return names
}

// named are the names that checks and literals look for, beside the tables.
var named = []string{
	gormPostgresPath + ".Dialector", gormPostgresPath + ".Config.DSN", gormPostgresPath + ".Config.Conn",
	gormPostgresPath + ".Config.DriverName", gormPostgresPath + ".Config.PreferSimpleProtocol",
	library.GormPath + ".Config.PrepareStmt", library.GormPath + ".Session.PrepareStmt",
	library.RiverPath + ".Config.PollOnly", library.RiverPath + ".Config.Queues", library.RiverPath + "/riverdriver/riverpgxv5.Driver",
	library.PgxlistenPath + ".Listener", library.PgxlistenPath + ".Listener.Connect", library.PgdriverPath + ".Config.ConnParams",
	library.MigratePath + "/database/pgx.Config.LockStrategy", pqPath + ".CopyIn",
	pgx5Path + ".Batch.Queue", pgx5Path + ".Conn.SendBatch", pgx5Path + ".Conn.CopyFrom",
	pgx5Path + "/pgxpool.Pool.SendBatch", pgx5Path + "/pgxpool.Pool.CopyFrom",
	pgx5Path + "/pgxpool.Config.ConnConfig", pgx4Path + "/pgxpool.Config.ConnConfig",
	pgx5Path + ".ConnConfig.Config", pgx4Path + ".ConnConfig.Config", pgx5Path + ".ConnConfig.Copy",
	pgx4Path + "/stdlib.GetDefaultDriver", pgx5Path + "/stdlib.GetDefaultDriver", pqPath + ".Driver",
}

// Every function, field, type and constant that is said to be in a library is
// in the real one.
func TestTables(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	libs, err := libs()
	if err != nil {
		t.Fatal(err)
	}
	all := facts()
	for _, f := range all {
		if resolve(libs, f.name) == nil {
			t.Errorf("%s: %s is not there", f.file, f.name)
		}
	}
	if len(all) < 150 {
		t.Errorf("only %d names", len(all))
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
			is(r.Arg, "configuration", config.Is)
		case r.Role == opens, r.Role == parses, r.Role == does && r.Driver != nil:
			is(r.Arg, "string", flow.IsString)
			if r.Driver == nil {
				is(r.Named, "string", flow.IsString)
			}
		case r.Role == registers:
			is(0, "string", flow.IsString)
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
		if !ok || !handle.IsQueryMode(c.Type()) || c.Val().Kind() != constant.Int {
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

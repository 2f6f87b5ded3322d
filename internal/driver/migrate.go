package driver

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

const migratePath = "github.com/golang-migrate/migrate/v4"

// migrateLibrary is what migrates schemas under a session lock.
var migrateLibrary = library{
	migratePath: {
		{names: "New", role: does, kind: effect.MigrationLock, arg: 1, why: migrateWhy, check: migrateOpens},
		{names: "NewWithSourceInstance", role: does, kind: effect.MigrationLock, arg: 2, why: migrateWhy, check: migrateOpens},
	},
	migratePath + "/database/postgres": {
		{names: "WithInstance WithConnection", role: does, kind: effect.MigrationLock, why: migrateWhy},
	},
	migratePath + "/database/pgx/v5": {
		{names: "WithInstance", role: does, kind: effect.MigrationLock, why: migrateWhy},
	},
	migratePath + "/database/pgx": {
		{names: "WithInstance", role: does, kind: effect.MigrationLock, why: migrateWhy, check: migratePgx4},
	},
	"github.com/pressly/goose/v3/lock": {
		{names: "NewPostgresSessionLocker", role: does, kind: effect.MigrationLock,
			remedy: "use NewPostgresTableLocker, or a direct connection", check: gooseLocks},
	},
	"github.com/jackc/tern/v2/migrate": {
		{names: "NewMigrator NewMigratorEx", role: does, kind: effect.MigrationLock,
			why: "tern also runs RESET ALL after every migration"},
	},
	// Its Driver of sql/postgres is a Locker; opening one locks nothing.
	"ariga.io/atlas/sql/schema": {
		{names: "Locker.Lock", role: does, kind: effect.MigrationLock, check: atlasLocks,
			why: "atlas also sets search_path by set_config while it inspects"},
	},
}

// https://github.com/golang-migrate/migrate/blob/v4.20.1/database/postgres/postgres.go#L250
const migrateWhy = "golang-migrate never looks whether the unlock succeeded"

// migrateDrivers are golang-migrate's drivers by the scheme of their URL.
var migrateDrivers = map[string]struct {
	path   string
	driver *driver
}{
	"postgres":   {migratePath + "/database/postgres", pq},
	"postgresql": {migratePath + "/database/postgres", pq},
	"pgx5":       {migratePath + "/database/pgx/v5", pgx5},
	"pgx":        {migratePath + "/database/pgx", pgx4},
	"pgx4":       {migratePath + "/database/pgx", pgx4},
}

// migrateOpens: the scheme of the URL, else the drivers that are linked, say
// which database it is.
func migrateOpens(s *scan, call *ast.CallExpr, _ *Site) bool {
	arg := 1
	if called := s.flow.Callee(call); called.Name() == "NewWithSourceInstance" {
		arg = 2
	}
	if arg >= len(call.Args) {
		return false
	}
	locks := false
	for _, c := range s.connStringsOf(call, call.Args[arg]) {
		d, ok := migrateDrivers[c.Scheme]
		if !ok {
			locks = locks || (c.Scheme == "" || c.Scheme == hole) && s.migratesPostgres(call.Args[arg])
			continue
		}
		strategy, _ := c.Get("x-lock-strategy")
		locks = locks || !(d.driver == pgx4 && strategy.Value == "table")
		for _, p := range c.Params {
			if strings.HasPrefix(p.Key, "x-") {
				continue
			}
			if pos, end, ok := c.text.Range(p.KeyStart, p.KeyEnd); ok {
				s.parameter(d.driver, p, Site{Pos: pos, End: end}, "in the connection string")
			}
		}
	}
	return locks
}

// migratesPostgres reports whether a URL that is not known is PostgreSQL's: the
// package links its driver, beside another perhaps, or links none and its
// module has the drivers of no other database. Where it has, a name must say so.
func (s *scan) migratesPostgres(url ast.Expr) bool {
	other := false
	for _, imp := range s.pass.Pkg.Imports() {
		rest, ok := strings.CutPrefix(imp.Path(), migratePath+"/database/")
		switch {
		case !ok || rest == "":
		case rest == "postgres" || rest == "pgx" || rest == "pgx/v5":
			return true
		default:
			other = true
		}
	}
	if other || !s.requires(pqPath) && !s.requires(pgx5Path) && !s.requires(pgx4Path) {
		return false
	}
	return !slices.ContainsFunc(otherDatabases, s.requires) || namesPostgres(types.ExprString(url)) || namesPostgres(s.pass.Pkg.Path())
}

// otherDatabases are the modules of the drivers that golang-migrate has for
// other databases.
var otherDatabases = strings.Fields(`github.com/go-sql-driver/mysql github.com/mattn/go-sqlite3 modernc.org/sqlite
	github.com/ClickHouse/clickhouse-go github.com/ClickHouse/clickhouse-go/v2 github.com/microsoft/go-mssqldb
	github.com/denisenkom/go-mssqldb cloud.google.com/go/spanner go.mongodb.org/mongo-driver github.com/gocql/gocql
	github.com/snowflakedb/gosnowflake github.com/neo4j/neo4j-go-driver github.com/nakagami/firebirdsql`)

func namesPostgres(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "postgres") || strings.Contains(name, "pgx") || strings.HasPrefix(name, "pg") || strings.Contains(name, "/pg")
}

// gooseLocks: a lock by a table came with v3.26.0.
func gooseLocks(s *scan, call *ast.CallExpr, site *Site) bool {
	if !s.declares(call, "NewPostgresTableLocker") {
		site.Remedy = ""
	}
	return true
}

// declares reports whether the package of the function that is called has a
// name, in the version that is linked.
func (s *scan) declares(call *ast.CallExpr, name string) bool {
	return s.flow.Callee(call).Pkg().Scope().Lookup(name) != nil
}

// migratePgx4: only the driver for pgx v4 can lock a table instead.
func migratePgx4(s *scan, call *ast.CallExpr, site *Site) bool {
	if len(call.Args) < 2 {
		return false
	}
	if s.declares(call, "LockStrategyTable") {
		site.Remedy = `set LockStrategy: "table", or run migrations over a direct connection`
	}
	for _, at := range s.setOn(s.origin(call.Args[1]), migratePath+"/database/pgx", "LockStrategy") {
		for _, t := range s.flow.AllTexts(at.value) {
			if t.Value == "table" {
				return false
			}
		}
	}
	return true
}

// atlasLocks: the package that locks says which database it opens.
func atlasLocks(s *scan, _ *ast.CallExpr, _ *Site) bool {
	const sql = "ariga.io/atlas/sql/"
	return s.importsAny(sql+"postgres") && !s.importsAny(sql+"mysql") && !s.importsAny(sql+"sqlite")
}

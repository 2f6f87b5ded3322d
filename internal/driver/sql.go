package driver

import (
	"go/ast"
)

const (
	sqlPath      = "database/sql"
	sqlxPath     = "github.com/jmoiron/sqlx"
	vinovestPath = "github.com/vinovest/sqlx" // a fork
	goosePath    = "github.com/pressly/goose/v3"
)

var sqlxRows = []row{
	{names: "Open Connect MustConnect MustOpen", role: opens, arg: 1, named: 0},
	{names: "ConnectContext", role: opens, arg: 2, named: 1},
}

// sqlLibrary is database/sql and what opens by a driver's name as it does.
var sqlLibrary = library{
	sqlPath: {
		{names: "Open", role: opens, arg: 1, named: 0},
		{names: "Register", role: registers},
	},
	sqlxPath:     sqlxRows,
	vinovestPath: sqlxRows,
	"entgo.io/ent/dialect/sql": {
		{names: "Open", role: opens, arg: 1, named: 0},
	},
	"github.com/gocraft/dbr/v2": {
		{names: "Open", role: opens, arg: 1, named: 0},
	},
	"github.com/stephenafamo/bob": {
		{names: "Open", role: opens, arg: 1, named: 0},
	},
	goosePath: {
		{names: "OpenDBWithDriver", role: opens, arg: 1, named: 0},
	},
	"xorm.io/xorm": {
		{names: "NewEngine NewEngineWithParams", role: opens, arg: 1, named: 0},
	},
	"github.com/XSAM/otelsql": {
		{names: "Open", role: opens, arg: 1, named: 0},
	},
}

// driverNames are the names under which drivers register themselves.
var driverNames = map[string]*driver{
	"pgx/v5":           pgx5,
	"pgx/v4":           pgx4,
	"pg":               pgdriver,
	"postgres":         pq,
	"cloudsqlpostgres": pq, // of cloudsql-proxy
	"nrpostgres":       pq, // of New Relic
	"pq-timeouts":      pq,
}

// driverOf is the driver that a name given to sql.Open stands for, nil where
// it is none of PostgreSQL, or not known.
func (s *scan) driverOf(name string) *driver {
	if d := s.registered[name]; d != nil {
		return d
	}
	if name == "pgx" {
		return s.pgxByName()
	}
	return driverNames[name]
}

// pgxByName: the name pgx belongs to the major version that is linked. Where
// the package imports both, or none, it is taken for v5.
func (s *scan) pgxByName() *driver {
	if s.importsAny(pgx4Path) && !s.importsAny(pgx5Path) {
		return pgx4
	}
	return pgx5
}

// register notes the names that the package itself gives to drivers: of
// sql.Register the one whose types or functions make the driver, wrapped in
// whatever else.
func (s *scan) register(call *ast.CallExpr) {
	if len(call.Args) < 2 {
		return
	}
	var d *driver
	ast.Inspect(call.Args[1], func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && d == nil {
			if obj := s.object(x); obj != nil && obj.Pkg() != nil {
				d = driversOf[obj.Pkg().Path()]
			}
		}
		return d == nil
	})
	for _, t := range s.flow.Texts(call.Args[0]) {
		if !t.IsHole() && d != nil {
			s.registered[t.Value] = d
		}
	}
}

// driversOf are the packages whose driver.Driver may be registered anew.
var driversOf = map[string]*driver{
	pgx5Path + "/stdlib": pgx5,
	pgx4Path + "/stdlib": pgx4,
	pqPath:               pq,
}

// reRegisters are functions that register the driver named first under a name
// that they return.
var reRegisters = keySet("github.com/XSAM/otelsql.Register")

// keysOfOthers are keys that one driver reads and PostgreSQL does not know.
var keysOfOthers = map[string]string{
	"default_query_exec_mode":        "pgx v5",
	"description_cache_capacity":     "pgx v5",
	"statement_cache_capacity":       "pgx",
	"statement_cache_mode":           "pgx v4",
	"prefer_simple_protocol":         "pgx v4",
	"binary_parameters":              "lib/pq",
	"disable_prepared_binary_result": "lib/pq",
	"pool_max_conns":                 "pgxpool",
	"pool_min_conns":                 "pgxpool",
	"pool_min_idle_conns":            "pgxpool",
	"pool_max_conn_lifetime":         "pgxpool",
	"pool_max_conn_lifetime_jitter":  "pgxpool",
	"pool_max_conn_idle_time":        "pgxpool",
	"pool_health_check_period":       "pgxpool",
	"pool_ping_timeout":              "pgxpool",
}

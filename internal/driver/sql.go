package driver

import "go/ast"

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
		{names: "OpenDBWithDriver", role: opens, arg: 1, named: 0, opensAs: map[string]string{"postgres": "pgx", "redshift": "pgx"}},
	},
	"xorm.io/xorm": {
		{names: "NewEngine NewEngineWithParams", role: opens, arg: 1, named: 0},
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

// pgxByName: the name pgx belongs to the major version that is linked, as the
// package's imports say, or its module. Where they have both it is taken for v5.
func (s *scan) pgxByName() *driver {
	v4, v5 := s.importsAny(pgx4Path), s.importsAny(pgx5Path)
	if !v4 && !v5 {
		v4, v5 = s.requires(pgx4Path), s.requires(pgx5Path)
	}
	if v4 && !v5 {
		return pgx4
	}
	return pgx5
}

// register notes the names that the package itself gives to drivers: of
// sql.Register the one whose types or functions make the driver, wrapped in
// whatever else.
func (s *scan) register(call *ast.CallExpr, r *row) {
	if len(call.Args) < 2 && r.driver == nil || len(call.Args) == 0 {
		return
	}
	d := r.driver
	if d == nil {
		d = s.driverIn(call.Args[1])
	}
	for _, t := range s.flow.AllTexts(call.Args[0]) {
		if !t.IsHole() && d != nil {
			s.registered[t.Value] = d
		}
	}
}

// driverIn is the driver whose types or functions make x, itself or where it is
// set.
func (s *scan) driverIn(x ast.Expr) (d *driver) {
	if s.inDriver > maxDrivers {
		return nil // a driver that is made of its own pool
	}
	s.inDriver++
	defer func() { s.inDriver-- }()
	for _, made := range append(s.origin(x).Made, x) {
		if call, ok := made.(*ast.CallExpr); ok && d == nil && s.isMethod(call, sqlPath, "DB", "Driver") {
			for _, opened := range s.origin(ast.Unparen(call.Fun).(*ast.SelectorExpr).X).Made {
				d = s.driverOpened(opened)
			}
		}
		ast.Inspect(made, func(n ast.Node) bool {
			if x, ok := n.(ast.Expr); ok && d == nil {
				if obj := s.object(x); obj != nil && obj.Pkg() != nil {
					d = driversOf[obj.Pkg().Path()]
				}
			}
			return d == nil
		})
	}
	return d
}

// maxDrivers is how many drivers may wrap each other.
const maxDrivers = 8

// driverOpened is the driver of a pool that x opens.
func (s *scan) driverOpened(x ast.Expr) *driver {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return nil
	}
	r := s.rowOf(s.flow.Callee(call))
	if r == nil || r.role != opens || max(r.named, r.made) >= len(call.Args) {
		return nil
	}
	if ds := s.drivers(call, r, r.nameIn(call)); len(ds) > 0 {
		return ds[0]
	}
	return nil
}

// driversOf are the packages whose driver.Driver may be registered anew.
var driversOf = map[string]*driver{
	pgx5Path + "/stdlib": pgx5,
	pgx4Path + "/stdlib": pgx4,
	pqPath:               pq,
}

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

// isMethod reports whether call is of one of the methods, by their selector.
func (s *scan) isMethod(call *ast.CallExpr, pkg, owner string, names ...string) bool {
	fn := s.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != pkg {
		return false
	}
	if _, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); !ok {
		return false
	}
	for _, name := range names {
		if nameOf(fn) == owner+"."+name {
			return true
		}
	}
	return false
}

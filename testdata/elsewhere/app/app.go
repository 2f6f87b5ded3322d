// Package app uses the others: what they hold is reported where it is used.
package app

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/elsewhere/conf"
	"github.com/poolvet/poolvet/testdata/elsewhere/db"
	"github.com/poolvet/poolvet/testdata/elsewhere/names"
	"github.com/poolvet/poolvet/testdata/elsewhere/queries"
)

func openings(ctx context.Context, c *conf.Config, n conf.Named, o db.Opener) {
	db.Open("pgx", c.DSN())                                                       // want `options=-c statement_timeout in the connection string: is refused by PgBouncer`
	db.Open("pgx", "user=u host=h default_query_exec_mode=exec work_mem='1MB'")   // want `work_mem in the connection string`
	db.Open(conf.Driver(), "host=h lock_timeout=5s default_query_exec_mode=exec") // want `lock_timeout in the connection string`
	db.Open("mysql", "u@tcp(h)/shop?lock_timeout=5s")
	db.OpenPool(ctx, conf.Default)                                                 // want `jit in the connection string`
	db.OpenPool(ctx, conf.WithTimeout("postgres://h/shop?pool_max_conns=4", "5s")) // want `lock_timeout in the connection string`
	db.OpenPool(ctx, "postgres://h/shop")
	db.New(ctx, db.Options{URL: "postgres://h/shop?statement_timeout=5s"})  // want `statement_timeout in the connection string`
	db.FromConfig(ctx, &conf.Config{URL: "postgres://h/shop?role=app"})     // want `role in the connection string`
	db.OpenPool(ctx, n.ConnString())                                        // want `row_security in the connection string`
	o.Open(ctx, "postgres://h/shop?geqo=off")                               // want `geqo in the connection string`
	sql.Open(conf.Driver(), "host=h default_query_exec_mode=describe_exec") // want `default_query_exec_mode=describe_exec: returns other clients' rows`
}

// its own wrapper of a wrapper is none of its own.
func open(ctx context.Context, dsn string) (*pgxpool.Pool, error) { return db.OpenPool(ctx, dsn) }

func Main(ctx context.Context) {
	open(ctx, "postgres://h/shop?enable_seqscan=off") // want `enable_seqscan in the connection string`
}

func statements(ctx context.Context, pool *pgxpool.Pool, b *queries.Builder) {
	pool.Exec(ctx, queries.SetTenant(), "x") // want `set_config\('app.tenant', …\): leaks`
	pool.Exec(ctx, queries.SetPath("x"))     // want `SET search_path: leaks`
	pool.Exec(ctx, queries.All.Lock, 1)      // want `pg_advisory_lock\(\$1\): leaks`
	pool.Exec(ctx, b.String())               // want `SET ROLE: leaks`
	pool.Exec(ctx, names.Role())             // want `SET ROLE: leaks`
	pool.Exec(ctx, names.Schema())           // want `SET search_path: leaks`
	pool.Exec(ctx, names.Tenant(), "x")      // want `set_config\('app.tenant', …\): leaks`
	pool.Exec(ctx, db.TakeLock)              // it is reported where it stands
	pool.Exec(ctx, db.Briefly)               // want `SET LOCAL lock_timeout: has no effect`
	pool.Exec(ctx, db.Once)
	pool.QueryRow(ctx, queries.All.Count)
	for _, q := range queries.Setup { // want `SET jit: leaks`
		pool.Exec(ctx, q)
	}
}

var _ = []db.Option{
	db.WithParam("lock_timeout", "5s"), // want `lock_timeout in RuntimeParams`
	db.WithParam("application_name", "shop"),
}

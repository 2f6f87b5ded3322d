// Package registry has connection strings that are registered, and tables of
// modes.
package registry

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/lib/pq"
)

type source struct{ driver, dsn string }

var sources = map[string]source{}

func Register(name, driver, dsn string) { sources[name] = source{driver: driver, dsn: dsn} }

func init() {
	Register("orders", "postgres", "postgres://db/orders?binary_parameters=yes&jit=off") // want `jit in`
}

func openAll() {
	for _, s := range sources {
		sql.Open(s.driver, s.dsn) // want `sql.Open with the default of lib/pq.*, unless the connection string says otherwise`
	}
}

type database struct {
	name string
	dsn  string
}

var databases []database

func add(name, dsn string) { databases = append(databases, database{name, dsn}) }

func init() { add("items", "postgres://db/items?geqo=off&default_query_exec_mode=exec") } // want `geqo in`

func connectAll(ctx context.Context) {
	for i := range databases {
		pgx.Connect(ctx, databases[i].dsn) // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`
	}
}

var strings = map[string]string{}

func Put(name, dsn string) { strings[name] = dsn }

func init() { Put("a", "postgres://db/a?work_mem=64MB&default_query_exec_mode=exec") } // want `work_mem in`

func connect(ctx context.Context, name string) { pgx.Connect(ctx, strings[name]) } // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`

var modes = map[string]pgx.QueryExecMode{
	"exec":   pgx.QueryExecModeExec,
	"cache":  pgx.QueryExecModeCacheStatement,
	"simple": pgx.QueryExecModeSimpleProtocol,
}

// Whoever names a mode can name one that works.
func chosen(ctx context.Context, dsn, name string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.DefaultQueryExecMode = modes[name]
	return pgxpool.NewWithConfig(ctx, config)
}

var cached = map[string]pgx.QueryExecMode{"cache": pgx.QueryExecModeCacheStatement, "describe": pgx.QueryExecModeDescribeExec}

func chosenBad(ctx context.Context, dsn, name string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.DefaultQueryExecMode = cached[name] // want `DefaultQueryExecMode = cached\[name\] \(cache_statement\): fails .*; `
	return pgxpool.NewWithConfig(ctx, config)
}

func known(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.DefaultQueryExecMode = modes["exec"]
	return pgxpool.NewWithConfig(ctx, config)
}

func knownBad(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	name := "cache"
	config.ConnConfig.DefaultQueryExecMode = modes[name] // want `DefaultQueryExecMode = modes\[name\] \(cache_statement\): fails .*; `
	return pgxpool.NewWithConfig(ctx, config)
}

func looked(ctx context.Context, dsn, name string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	mode, ok := cached[name]
	if !ok {
		mode = pgx.QueryExecModeExec
	}
	config.ConnConfig.DefaultQueryExecMode = mode // what is done then may be the way for a pooler
	return pgxpool.NewWithConfig(ctx, config)
}

func found(ctx context.Context, dsn, name string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	mode, ok := cached[name]
	if !ok {
		return nil, err
	}
	config.ConnConfig.DefaultQueryExecMode = mode // want `DefaultQueryExecMode = mode \(cache_statement\): fails .*; `
	return pgxpool.NewWithConfig(ctx, config)
}

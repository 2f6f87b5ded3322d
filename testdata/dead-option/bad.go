// Package deadoption has options that do nothing or break, whatever the
// pooler.
package deadoption

import (
	"context"
	"database/sql"

	"github.com/go-pg/pg/v10"
	pgx4 "github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// Another driver's key.
func keys(ctx context.Context) {
	pgx.Connect(ctx, "postgres://db/app?pool_max_conns=4&default_query_exec_mode=exec")     // want `pool_max_conns in the connection string: belongs to pgxpool; pgx sends it to the server, which refuses the connection \(42704\); remove it \(dead-option\)`
	pgx.Connect(ctx, "host=db prefer_simple_protocol=true default_query_exec_mode=exec")    // want `prefer_simple_protocol.*belongs to pgx v4.*\(dead-option\)`
	pgx4.Connect(ctx, "host=db default_query_exec_mode=exec statement_cache_mode=describe") // want `default_query_exec_mode.*belongs to pgx v5.*\(dead-option\)`
	pgconn.Connect(ctx, "host=db default_query_exec_mode=exec")                             // want `\(dead-option\)`
	pq.Open("host=db binary_parameters=yes statement_cache_capacity=0")                     // want `statement_cache_capacity.*\(dead-option\)`
	sql.Open("pg", "postgres://db/app?binary_parameters=yes")                               // want `pgdriver sends it as SET, which fails.*\(dead-option\)`
	pg.ParseURL("postgres://db/app?search_path=app")                                        // want `go-pg refuses the connection string.*\(dead-option\)`
}

// lib/pq reads these, and sends nothing.
func silent() {
	pq.Open("host=db binary_parameters=yes tz=Asia/Tokyo") // want `tz in the connection string: is read and never sent, from lib/pq v1.11.0 on.*\(dead-option\)`
}

// In pgx v5 it switches nothing off.
func capacity(ctx context.Context) {
	pgx.Connect(ctx, "postgres://db/app?statement_cache_capacity=0") // want `statement_cache_capacity=0: fails every query with arguments.*\(dead-option\)`
}

// gorm reads it only where it opens the connection itself.
func simple(db *sql.DB) {
	gorm.Open(postgres.New(postgres.Config{
		Conn:                 db,
		PreferSimpleProtocol: true, // want `PreferSimpleProtocol: true: is not read by gorm where Conn or DriverName is set.*\(dead-option\)`
	}))
	gorm.Open(postgres.New(postgres.Config{
		DriverName:           "pgx/v5",
		DSN:                  "host=db default_query_exec_mode=exec",
		PreferSimpleProtocol: true, // want `\(dead-option\)`
	}))
}

// A batch takes a mode for an argument of the query.
func batch(b *pgx.Batch) {
	b.Queue("SELECT $1", pgx.QueryExecModeExec, 1) // want `QueryExecModeExec in Queue: .*\(dead-option\)`
}

// Package programs opens connections as programs do, one function for each
// claim that the tests prove on the wire: poolvet must say of the function
// what the library was seen to do. Nothing here runs.
package programs

import (
	"context"
	"database/sql"

	"github.com/Masterminds/squirrel"
	"github.com/go-pg/pg/v10"
	pgx4 "github.com/jackc/pgx/v4"
	_ "github.com/jackc/pgx/v4/stdlib"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"
	"github.com/uptrace/bun/driver/pgdriver"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var ctx = context.Background()

// pgx v5 by default
func _() { pgx.Connect(ctx, "postgres://app@pooler/app") }

// pgx v5 default_query_exec_mode=cache_statement
func _() { pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=cache_statement") }

// pgx v5 default_query_exec_mode=cache_describe
func _() { pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=cache_describe") }

// pgx v5 default_query_exec_mode=describe_exec
func _() { pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=describe_exec") }

// pgx v5 default_query_exec_mode=exec
func _() { pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec") }

// pgx v5 default_query_exec_mode=simple_protocol
func _() { pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=simple_protocol") }

// pgx v5 stdlib by default
func _() { sql.Open("pgx/v5", "postgres://app@pooler/app") }

// pgx v5 stdlib default_query_exec_mode=exec
func _() { sql.Open("pgx/v5", "postgres://app@pooler/app?default_query_exec_mode=exec") }

// pgx v4 by default
func _() { pgx4.Connect(ctx, "postgres://app@pooler/app") }

// pgx v4 statement_cache_mode=describe
func _() { pgx4.Connect(ctx, "postgres://app@pooler/app?statement_cache_mode=describe") }

// pgx v4 statement_cache_capacity=0
func _() { pgx4.Connect(ctx, "postgres://app@pooler/app?statement_cache_capacity=0") }

// pgx v4 prefer_simple_protocol=true
func _() { pgx4.Connect(ctx, "postgres://app@pooler/app?prefer_simple_protocol=true") }

// pgx v4 stdlib by default
func _() { sql.Open("pgx/v4", "postgres://app@pooler/app") }

// lib/pq by default
func _() { sql.Open("postgres", "postgres://app@pooler/app") }

// lib/pq binary_parameters=yes
func _() { sql.Open("postgres", "postgres://app@pooler/app?binary_parameters=yes") }

// pgdriver
func _() { sql.OpenDB(pgdriver.NewConnector(pgdriver.WithDSN("postgres://app@pooler/app"))) }

// go-pg
func _() { pg.Connect(&pg.Options{Addr: "pooler:6432", User: "app", Database: "app"}) }

// gorm by default
func _() { gorm.Open(postgres.Open("postgres://app@pooler/app"), &gorm.Config{}) }

// gorm PreferSimpleProtocol
func _() {
	gorm.Open(postgres.New(postgres.Config{DSN: "postgres://app@pooler/app", PreferSimpleProtocol: true}), &gorm.Config{})
}

// gorm PrepareStmt, over PreferSimpleProtocol too
func _() {
	gorm.Open(postgres.New(postgres.Config{DSN: "postgres://app@pooler/app", PreferSimpleProtocol: true}), &gorm.Config{PrepareStmt: true})
}

// gorm PreferSimpleProtocol beside Conn has no effect: it
func _(db *sql.DB) {
	gorm.Open(postgres.New(postgres.Config{Conn: db, PreferSimpleProtocol: true}), &gorm.Config{})
}

// squirrel StmtCache over pgx v5 in mode exec
func _() {
	config, _ := pgx.ParseConfig("postgres://app@pooler/app?default_query_exec_mode=exec")
	squirrel.NewStmtCache(stdlib.OpenDB(*config))
}

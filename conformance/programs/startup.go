package programs

import (
	"database/sql"

	"github.com/go-pg/pg/v10"
	pgx4 "github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun/driver/pgdriver"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// pgx v5 sends no parameter of its own
func _() { pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec") }

// pgx v5 sends keys that it does not know
func _() {
	pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec&search_path=public&statement_timeout=5000")
}

// pgx v5 without its pool sends pool_max_conns, and the server refuses
func _() {
	pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec&pool_max_conns=4")
}

// pgx v5 sends pgx v4's statement_cache_mode, and the server refuses
func _() {
	pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec&statement_cache_mode=describe")
}

// pgx v5 sends pgx v4's prefer_simple_protocol, and the server refuses
func _() {
	pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec&prefer_simple_protocol=true")
}

// pgx v5 sends lib/pq's binary_parameters, and the server refuses
func _() {
	pgx.Connect(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec&binary_parameters=yes")
}

// pgxpool keeps pool_max_conns to itself
func _() {
	pgxpool.New(ctx, "postgres://app@pooler/app?default_query_exec_mode=exec&pool_max_conns=4")
}

// pgx v4 sends no parameter of its own
func _() { pgx4.Connect(ctx, "postgres://app@pooler/app?statement_cache_mode=describe") }

// pgx v4 sends pgx v5's default_query_exec_mode, and the server refuses
func _() {
	pgx4.Connect(ctx, "postgres://app@pooler/app?statement_cache_mode=describe&default_query_exec_mode=exec")
}

// lib/pq sends client_encoding and datestyle
func _() { sql.Open("postgres", "postgres://app@pooler/app?binary_parameters=yes") }

// lib/pq sends keys that it does not know
func _() {
	sql.Open("postgres", "postgres://app@pooler/app?binary_parameters=yes&search_path=public")
}

// lib/pq sends options
func _() {
	sql.Open("postgres", "postgres://app@pooler/app?binary_parameters=yes&options=-c%20work_mem=8MB")
}

// lib/pq sends neither tz nor geqo nor PGTZ
func _() {
	sql.Open("postgres", "postgres://app@pooler/app?binary_parameters=yes&tz=Asia/Tokyo&geqo=off")
}

// lib/pq sends pgx's default_query_exec_mode, and the server refuses
func _() {
	sql.Open("postgres", "postgres://app@pooler/app?binary_parameters=yes&default_query_exec_mode=exec")
}

// pgdriver sends application_name and no other key
func _() {
	sql.OpenDB(pgdriver.NewConnector(pgdriver.WithDSN("postgres://app@pooler/app?application_name=a")))
}

// go-pg sends application_name
func _() {
	pg.Connect(&pg.Options{Addr: "pooler:6432", User: "app", Database: "app", ApplicationName: "a"})
}

// gorm sends TimeZone twice
func _() {
	gorm.Open(postgres.Open("postgres://app@pooler/app?default_query_exec_mode=exec&TimeZone=UTC"), &gorm.Config{})
}

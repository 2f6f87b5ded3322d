// Package bun opens as bun's documentation does for PostgreSQL: with its own
// driver, which is safe, and with pgx.
package bun

import (
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

func withPgx() *bun.DB {
	config, err := pgx.ParseConfig("postgres://postgres:@localhost:5432/test?sslmode=disable")
	if err != nil {
		panic(err)
	}

	var sqldb *sql.DB = stdlib.OpenDB(*config)
	return bun.NewDB(sqldb, pgdialect.New())
}

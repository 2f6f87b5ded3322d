// Package embedded has its SQL in files. What is to be found stands there, in
// comments that begin with `-- want`.
package embedded

import (
	"context"
	"database/sql"
	"embed"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3"
)

//go:embed sql/staging.sql
var staging string

//go:embed sql
var files embed.FS

//go:embed migrations/*.sql
var migrations embed.FS

func run(ctx context.Context, pool *pgxpool.Pool) error {
	if _, err := pool.Exec(ctx, staging); err != nil {
		return err
	}
	merge, err := files.ReadFile("sql/merge.sql")
	if err != nil {
		return err
	}
	_, err = pool.Exec(ctx, string(merge))
	return err
}

func up(db *sql.DB) error {
	goose.SetBaseFS(migrations)
	if err := goose.SetDialect("postgres"); err != nil {
		return err
	}
	return goose.Up(db, "migrations")
}

// Package sent has statements as code sends them, for the tests of internal/sent.
package sent

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/golang-migrate/migrate/v4"
	_ "github.com/golang-migrate/migrate/v4/database/postgres"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/lib/pq"
	"gorm.io/gorm"
)

func whole(ctx context.Context, db *sql.DB) {
	db.ExecContext(ctx, "SET jit = off")
}

func holes(ctx context.Context, db *sql.DB, schema string) {
	db.ExecContext(ctx, fmt.Sprintf("SET search_path TO %s, public", schema))
}

func several(ctx context.Context, db *sql.DB) {
	db.ExecContext(ctx, `
		-- name: One :exec
		SET jit = off;

		-- name: Two :exec
		SELECT pg_advisory_lock(1);;
		/* nothing */
	`)
}

func bound(ctx context.Context, db *sql.DB, tenant string) {
	db.ExecContext(ctx, "SELECT set_config($1, $2, $3)", "app.tenant", tenant, false)
}

func notBound(ctx context.Context, db *sql.DB, name, value string) {
	db.ExecContext(ctx, "SELECT set_config($1, $2, false)", name, value)
}

func unknown(ctx context.Context, db *sql.DB, query string) {
	db.ExecContext(ctx, query)
}

type store struct{ db *sql.DB }

func (s *store) run(ctx context.Context, query string) error {
	_, err := s.db.ExecContext(ctx, query)
	return err
}

func (s *store) wrapped(ctx context.Context) error { return s.run(ctx, "SET work_mem = '64MB'") }

const shared = "SET lock_timeout = 1"

func first(ctx context.Context, db *sql.DB)  { db.ExecContext(ctx, shared) }
func second(ctx context.Context, tx *sql.Tx) { tx.ExecContext(ctx, shared) }

func hook(config *pgxpool.Config) {
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET TIME ZONE 'UTC'")
		return err
	}
}

func channels(l *pq.Listener, tenant string) {
	l.Listen("orders")
	l.Listen("orders_" + tenant)
	l.Listen(tenant)
}

func fragment(db *gorm.DB, v any) {
	db.Where("set_config('app.user', ?, false) <> ''", "x").Find(v)
}

func library() {
	migrate.New("file://migrations", "postgres://app@db/shop")
}

package localoutsidetx

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"github.com/uptrace/bun"
	vinovest "github.com/vinovest/sqlx"
)

func onPool(ctx context.Context, db *sql.DB, pool *pgxpool.Pool, tenant string) {
	db.Exec("SET LOCAL statement_timeout = '5s'")                               // want `SET LOCAL statement_timeout.*\(local-outside-tx\)`
	db.ExecContext(ctx, "SET LOCAL ROLE tenant")                                // want `SET LOCAL ROLE.*\(local-outside-tx\)`
	pool.Exec(ctx, "SELECT set_config('app.tenant', $1, true)", tenant)         // want `set_config.*\(local-outside-tx\)`
	pool.Exec(ctx, "SELECT set_config($1, $2, $3)", "app.tenant", tenant, true) // want `set_config.*\(local-outside-tx\)`
	pool.Exec(ctx, fmt.Sprintf("SET LOCAL app.tenant = '%s'", tenant))          // want `SET LOCAL app.tenant.*\(local-outside-tx\)`
	pool.Exec(ctx, "SELECT pg_advisory_xact_lock(42)")                          // want `pg_advisory_xact_lock.*\(local-outside-tx\)`
	db.Exec("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")                     // want `SET TRANSACTION.*\(local-outside-tx\)`
}

type store struct{ *sqlx.DB }

func (s *store) tenant(id string) error {
	_, err := s.Exec("SELECT set_config('app.tenant', $1, true)", id) // want `set_config.*\(local-outside-tx\)`
	return err
}

func bunPool(ctx context.Context, db *bun.DB) error {
	_, err := db.ExecContext(ctx, "SET LOCAL lock_timeout = '1s'") // want `SET LOCAL lock_timeout.*\(local-outside-tx\)`
	return err
}

func generic(ctx context.Context, db *vinovest.DB) {
	vinovest.OneContext[string](ctx, db, "SELECT set_config('app.tenant', 'a', true)") // want `set_config.*\(local-outside-tx\)`
}

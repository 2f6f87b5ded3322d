package localoutsidetx

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A helper takes whatever runs statements: it is right in a transaction, and
// the call that gives it a pool is wrong.
type querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

func briefly(ctx context.Context, q querier) { q.Exec(ctx, "SET LOCAL statement_timeout = '2s'") }

func forTenant(ctx context.Context, q querier, id string) {
	q.Exec(ctx, "SELECT set_config('app.tenant', $1, true)", id)
}

func serves(ctx context.Context, q querier) {
	q.Exec(ctx, "SELECT id, set_config('app.tenant', 'x', true) FROM orders")
}

func helped(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx, conn *pgx.Conn) {
	briefly(ctx, pool) // want `briefly runs SET LOCAL statement_timeout: has no effect outside a transaction.*\(local-outside-tx\)`
	briefly(ctx, tx)
	briefly(ctx, conn)
	forTenant(ctx, pool, "a") // want `forTenant runs set_config\('app.tenant', …\).*\(local-outside-tx\)`
	forTenant(ctx, tx, "a")
	serves(ctx, pool)
}

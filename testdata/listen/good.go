package listen

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Notifying needs no session.
func notify(ctx context.Context, pool *pgxpool.Pool, payload string) {
	pool.Exec(ctx, "NOTIFY orders, 'created'")
	pool.Exec(ctx, "SELECT pg_notify($1, $2)", channel, payload)
	pool.Exec(ctx, "INSERT INTO listen (topic) VALUES ('LISTEN orders')")
	pool.Exec(ctx, `SELECT listen FROM topics WHERE name = 'listen'`)
}

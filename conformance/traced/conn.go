package traced

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func withConn(f func(ctx context.Context, c *pgx.Conn) error) func(ctx context.Context, dsn string) error {
	return func(ctx context.Context, dsn string) error {
		c, err := pgx.Connect(ctx, dsn)
		if err != nil {
			return err
		}
		defer c.Close(ctx)
		return f(ctx, c)
	}
}

const reportLock = 7341

func lockReports(ctx context.Context, c *pgx.Conn) error {
	if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1)", reportLock); err != nil {
		return err
	}
	_, err := c.Exec(ctx, "SELECT pg_advisory_unlock($1)", reportLock)
	return err
}

// setting binds all that set_config takes, as pg_stat_statements does not show.
func setting(ctx context.Context, c *pgx.Conn) error {
	var now string
	return c.QueryRow(ctx, "SELECT set_config($1, $2, $3)", "app.region", "eu", false).Scan(&now)
}

func listen(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "LISTEN "+pgx.Identifier{"orders"}.Sanitize())
	return err
}

func prepare(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "PREPARE order_by_id (int) AS SELECT * FROM orders WHERE id = $1")
	return err
}

func cursor(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "DECLARE all_orders CURSOR WITH HOLD FOR SELECT id, tenant FROM orders")
	return err
}

func forget(ctx context.Context, c *pgx.Conn) error { return c.DeallocateAll(ctx) }

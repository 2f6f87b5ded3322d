package tempobject

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func good(ctx context.Context, pool *pgxpool.Pool) {
	pool.Exec(ctx, "CREATE UNLOGGED TABLE staging (id bigint)")
	pool.Exec(ctx, "CREATE TABLE temp (id bigint, temporary boolean)")
	pool.Exec(ctx, "CREATE TABLE copy AS SELECT * FROM temp.orders")
	pool.Exec(ctx, "SELECT * FROM pg_temp_stats WHERE kind = 'CREATE TEMP TABLE'")
	pool.Exec(ctx, "WITH staging AS (SELECT * FROM orders) INSERT INTO archive SELECT * FROM staging")
}

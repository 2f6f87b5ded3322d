package discard

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func good(ctx context.Context, pool *pgxpool.Pool) {
	pool.Exec(ctx, "DELETE FROM drafts WHERE discard")
	pool.Exec(ctx, `SELECT "discard" FROM actions WHERE name = 'DISCARD ALL'`)
	pool.Exec(ctx, "UPDATE jobs SET state = 'discarded'")
}

// Package analytics is behind the pooler that a pattern of -pooler names.
package analytics

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func run(ctx context.Context, db *pgxpool.Pool) {
	db.Exec(ctx, "SET ROLE a") // want `SET ROLE: leaks behind PgBouncer 1.21`
}

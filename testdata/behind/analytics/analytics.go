// Package analytics is behind the pooler that a pattern of -pooler names.
package analytics

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Open opens the pool.
func Open(ctx context.Context, url string) (*pgxpool.Pool, error) { return pgxpool.New(ctx, url) } // want `pgxpool.New with the default query mode, cache_statement: fails behind PgBouncer 1.21`

func run(ctx context.Context, db *pgxpool.Pool) {
	db.Exec(ctx, "SET ROLE a") // want `SET ROLE: leaks behind PgBouncer 1.21`
}

// Package percall gives each query a mode, which does not reach SendBatch and
// CopyFrom.
package percall

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, url)
}

func query(ctx context.Context, pool *pgxpool.Pool, args ...any) {
	pool.Query(ctx, "SELECT a FROM t WHERE id = $1", pgx.QueryExecModeExec, 1)
	pool.Query(ctx, "SELECT a FROM t WHERE id = $1", append([]any{pgx.QueryExecModeExec}, args...)...)

	var batch pgx.Batch
	pool.SendBatch(ctx, &batch)                       // want `pool.SendBatch in the default query mode.*a mode given to other queries does not reach it.*\(named-statement\)`
	pool.CopyFrom(ctx, pgx.Identifier{"t"}, nil, nil) // want `pool.CopyFrom in the default query mode.*\(named-statement\)`
}

// want package:"connects"

// Package percall gives queries a mode, which says nothing of the pool and
// does not reach SendBatch and CopyFrom.
package percall

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type store struct{ pool *pgxpool.Pool }

// Each query of the pool has a mode.
func New(ctx context.Context, url string) (*store, error) {
	pool, err := pgxpool.New(ctx, url)
	return &store{pool: pool}, err
}

func (s *store) query(ctx context.Context, args ...any) {
	s.pool.Query(ctx, "SELECT a FROM t WHERE id = $1", pgx.QueryExecModeExec, 1)
	s.pool.Query(ctx, "SELECT a FROM t WHERE id = $1", append([]any{pgx.QueryExecModeExec}, args...)...)
	s.pool.Query(ctx, "SELECT a FROM t WHERE id = $1", pgx.QueryResultFormats{pgx.TextFormatCode}, pgx.QueryExecModeCacheDescribe, 1)

	var batch pgx.Batch
	s.pool.SendBatch(ctx, &batch)                       // want `s.pool.SendBatch in the default query mode.*a mode given to other queries does not reach it.*\(named-statement\)`
	s.pool.CopyFrom(ctx, pgx.Identifier{"t"}, nil, nil) // want `s.pool.CopyFrom in the default query mode.*\(named-statement\)`
}

// One has none.
func mixed(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url) // want `pgx.Connect with the default query mode.*\(named-statement\)`
	if err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "DELETE FROM t WHERE id = $1", pgx.QueryExecModeExec, 1); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "DELETE FROM t WHERE id = $1", 2)
	return err
}

// Others may have none.
func Open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, url) // want `pgxpool.New with the default query mode.*\(named-statement\)`
}

const always = pgx.QueryExecModeDescribeExec

// A mode that is given can be the harm itself, but for what splits in a
// transaction.
func harm(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx, mode pgx.QueryExecMode) {
	pool.Query(ctx, "SELECT $1::int", pgx.QueryExecModeDescribeExec, 1)       // want `pgx.QueryExecModeDescribeExec in pool.Query: returns other clients' rows.*; give it QueryExecModeCacheDescribe \(split-statement\)`
	pool.Exec(ctx, "UPDATE t SET a = $1", pgx.QueryExecModeCacheStatement, 1) // want `pgx.QueryExecModeCacheStatement in pool.Exec: fails.*\(named-statement\)`
	pool.QueryRow(ctx, "SELECT $1::int", always, 1)                           // want `always in pool.QueryRow: .*\(split-statement\)`
	local := pgx.QueryExecModeDescribeExec
	pool.QueryRow(ctx, "SELECT $1::int", local, 1)                                   // want `local in pool.QueryRow: .*\(split-statement\)`
	pool.QueryRow(ctx, "SELECT $1::int", []any{pgx.QueryExecModeDescribeExec, 1}...) // want `\(split-statement\)`
	tx.Query(ctx, "SELECT $1::int", pgx.QueryExecModeDescribeExec, 1)
	tx.Query(ctx, "SELECT $1::int", pgx.QueryExecModeCacheStatement, 1) // want `\(named-statement\)`
	pool.Query(ctx, "SELECT $1::int", mode, 1)
	new(pgx.Batch).Queue("SELECT $1::int", pgx.QueryExecModeDescribeExec, 1) // want `in Queue: is taken for an argument.*\(dead-option\)`
	pool.Query(ctx, "SELECT $1::int", pgx.QueryExecModeSimpleProtocol, 1)
}

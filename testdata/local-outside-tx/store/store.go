// want package:"helpers"

// Package store has queries as sqlc makes them.
package store

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

type DBTX interface {
	Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
	Query(context.Context, string, ...any) (pgx.Rows, error)
	QueryRow(context.Context, string, ...any) pgx.Row
}

type Querier interface {
	LockXact(ctx context.Context, key int64) error
	SetLocalTenant(ctx context.Context, tenant string) error
	ListTenants(ctx context.Context, tenant string) error
}

func New(db DBTX) *Queries { return &Queries{db: db} }

type Queries struct{ db DBTX }

func (q *Queries) WithTx(tx pgx.Tx) *Queries { return &Queries{db: tx} }

const lockXact = `-- name: LockXact :exec
SELECT pg_advisory_xact_lock($1)
`

func (q *Queries) LockXact(ctx context.Context, key int64) error {
	_, err := q.db.Exec(ctx, lockXact, key)
	return err
}

const setLocalTenant = `-- name: SetLocalTenant :exec
SELECT set_config('app.tenant_id', $1::text, true)
`

func (q *Queries) SetLocalTenant(ctx context.Context, tenant string) error {
	_, err := q.db.Exec(ctx, setLocalTenant, tenant)
	return err
}

const listTenants = `-- name: ListTenants :exec
SELECT id, set_config('app.tenant_id', $1::text, true) FROM tenants
`

func (q *Queries) ListTenants(ctx context.Context, tenant string) error {
	_, err := q.db.Exec(ctx, listTenants, tenant)
	return err
}

// Briefly is a helper without a receiver.
func Briefly(ctx context.Context, db DBTX) error {
	_, err := db.Exec(ctx, "SET LOCAL statement_timeout = '2s'")
	return err
}

// Tx has queries that run in a transaction, and in nothing else.
type Tx struct{ *Queries }

func Begin(ctx context.Context, pool *pgxpool.Pool) (*Tx, error) {
	tx, err := pool.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return &Tx{Queries: New(tx)}, nil
}

// Store has queries that run on the pool.
type Store struct {
	*Queries
	pool *pgxpool.Pool
}

func Open(pool *pgxpool.Pool) (*Store, error) {
	return &Store{Queries: New(pool), pool: pool}, nil
}

func place(ctx context.Context, pool *pgxpool.Pool, tenant string, begun bool) error {
	q := New(pool)
	q.SetLocalTenant(ctx, tenant) // want `q.SetLocalTenant runs set_config\('app.tenant_id', …\): has no effect after its own statement, outside a transaction.*\(local-outside-tx\)`
	q.ListTenants(ctx, tenant)
	New(pool).LockXact(ctx, 7) // want `LockXact runs pg_advisory_xact_lock.*\(local-outside-tx\)`
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if begun {
		q = q.WithTx(tx)
	}
	q.LockXact(ctx, 7)
	q = New(tx)
	q.SetLocalTenant(ctx, tenant)
	New(pool).WithTx(tx).SetLocalTenant(ctx, tenant)
	var querier Querier = New(pool)
	querier.SetLocalTenant(ctx, tenant) // want `querier.SetLocalTenant runs set_config.*\(local-outside-tx\)`
	return tx.Commit(ctx)
}

func (s *Store) transfer(ctx context.Context, do func(*Queries) error) error {
	s.LockXact(ctx, 7) // want `s.LockXact runs pg_advisory_xact_lock`
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := s.WithTx(tx).LockXact(ctx, 7); err != nil {
			return err
		}
		return do(New(tx))
	})
}

func given(ctx context.Context, q *Queries) { q.LockXact(ctx, 7) }

func unsure(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx) {
	var db DBTX = pool
	if tx != nil {
		db = tx
	}
	New(db).LockXact(ctx, 7)
	Briefly(ctx, db)
}

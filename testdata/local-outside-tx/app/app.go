// Package app uses the queries of another package.
package app

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/local-outside-tx/store"
)

type service struct {
	queries *store.Queries
	querier store.Querier
	either  *store.Queries
	pool    *pgxpool.Pool
}

func newService(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx) *service {
	s := &service{queries: store.New(pool), querier: store.New(pool), either: store.New(pool), pool: pool}
	s.either = store.New(tx)
	return s
}

var global *store.Queries

func setUp(pool *pgxpool.Pool) { global = store.New(pool) }

func (s *service) place(ctx context.Context, tenant string) error {
	s.queries.SetLocalTenant(ctx, tenant) // want `s.queries.SetLocalTenant runs set_config\('app.tenant_id', …\): has no effect after its own statement, outside a transaction.*\(local-outside-tx\)`
	s.querier.SetLocalTenant(ctx, tenant) // want `s.querier.SetLocalTenant runs`
	s.queries.ListTenants(ctx, tenant)
	s.either.SetLocalTenant(ctx, tenant)
	global.LockXact(ctx, 1)    // want `global.LockXact runs pg_advisory_xact_lock`
	store.Briefly(ctx, s.pool) // want `store.Briefly runs SET LOCAL statement_timeout`
	opened, err := store.Open(s.pool)
	if err != nil {
		return err
	}
	opened.LockXact(ctx, 1) // want `opened.LockXact runs pg_advisory_xact_lock`
	begun, err := store.Begin(ctx, s.pool)
	if err != nil {
		return err
	}
	begun.LockXact(ctx, 1)
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		store.Briefly(ctx, tx)
		s.queries.WithTx(tx).LockXact(ctx, 1)
		return store.New(tx).SetLocalTenant(ctx, tenant)
	})
}

func given(ctx context.Context, q store.Querier) { q.LockXact(ctx, 1) }

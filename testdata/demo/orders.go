package main

import (
	"context"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type order struct {
	ID      int64     `json:"id"`
	Tenant  string    `json:"tenant"`
	Total   int64     `json:"total"`
	Created time.Time `json:"created"`
}

type orderStore struct{ pool *pgxpool.Pool }

const setTenant = `SELECT set_config('app.tenant', $1, false)`

// list relies on row-level security: the policy reads app.tenant.
func (s *orderStore) list(ctx context.Context, tenant string) ([]order, error) {
	if _, err := s.pool.Exec(ctx, setTenant, tenant); err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, `SELECT id, tenant, total, created FROM orders ORDER BY created DESC`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[order])
}

var psql = sq.StatementBuilder.PlaceholderFormat(sq.Dollar)

// create gives the order the next number of its tenant's sequence.
func (s *orderStore) create(ctx context.Context, o order) error {
	query, args, err := psql.Insert("orders").
		Columns("id", "tenant", "total").
		Values(sq.Expr("nextval('order_numbers')"), o.Tenant, o.Total).
		ToSql()
	if err != nil {
		return err
	}
	return inTenant(ctx, s.pool, o.Tenant, func(tx pgx.Tx) error {
		if err := withTimeout(ctx, tx, 5*time.Second); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, query, args...); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "SELECT pg_notify('orders', $1)", o.Tenant)
		return err
	})
}

package localoutsidetx

import (
	"context"
	"database/sql"

	"github.com/gobuffalo/pop/v6"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"
	vinovest "github.com/vinovest/sqlx"
	"gorm.io/gorm"
)

const setTimeout = "SET LOCAL statement_timeout = '5s'"

// Every form of a transaction.
func inTransaction(ctx context.Context, db *sql.DB, pool *pgxpool.Pool, tenant string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, setTimeout); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, setTimeout); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "SELECT set_config('app.tenant', $1, true), pg_advisory_xact_lock(1)", tenant)
		return err
	})
}

func callbacks(ctx context.Context, g *gorm.DB, b *bun.DB, p *pop.Connection) {
	g.Transaction(func(tx *gorm.DB) error { return tx.Exec(setTimeout).Error })
	b.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, setTimeout)
		return err
	})
	p.Transaction(func(tx *pop.Connection) error { return tx.RawQuery(setTimeout).Exec() })
	tx := g.Begin()
	tx.Exec(setTimeout)
	tx.Commit()
}

// One message is one transaction.
func oneMessage(ctx context.Context, pool *pgxpool.Pool) {
	pool.Exec(ctx, "BEGIN; SET LOCAL lock_timeout = '1s'; ALTER TABLE orders ADD note text; COMMIT")
	pool.Exec(ctx, "SET LOCAL lock_timeout = '1s'; ALTER TABLE orders ADD note text")
}

// What it runs on is for the caller to say.
func run(ctx context.Context, q interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}) error {
	_, err := q.ExecContext(ctx, setTimeout)
	return err
}

// A fork of sqlx gives what is either to a function, and it is a transaction.
func fork(ctx context.Context, db *vinovest.DB) error {
	return vinovest.TransactContext(ctx, db, func(ctx context.Context, q vinovest.Queryable) error {
		_, err := q.ExecContext(ctx, setTimeout)
		return err
	})
}

// Package statementmode is behind PgBouncer in statement mode, which has no
// transactions.
package statementmode

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"
	"gorm.io/gorm"
)

func begins(ctx context.Context, db *sql.DB, pool *pgxpool.Pool, conn *pgx.Conn, b *bun.DB, g *gorm.DB) {
	db.Begin()                                                              // want `db.Begin: is refused by PgBouncer 1.26 in statement mode; use a pool in transaction mode, or a direct connection \(open-transaction\)`
	tx, _ := pool.BeginTx(ctx, pgx.TxOptions{})                             // want `pool.BeginTx.*\(open-transaction\)`
	tx.Begin(ctx)                                                           // a savepoint
	pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return nil })          // want `pgx.BeginFunc.*\(open-transaction\)`
	b.RunInTx(ctx, nil, func(context.Context, bun.Tx) error { return nil }) // want `b.RunInTx.*\(open-transaction\)`
	g.Transaction(func(tx *gorm.DB) error { return nil })                   // want `g.Transaction.*\(open-transaction\)`
	db.Exec("BEGIN")                                                        // want `BEGIN: is refused by PgBouncer 1.26 in statement mode.*\(open-transaction\)`
	conn.Exec(ctx, "BEGIN")                                                 // want `BEGIN: is refused by.*\(open-transaction\)`
	conn.Exec(ctx, "BEGIN; SELECT 1; COMMIT")                               // in one message
}

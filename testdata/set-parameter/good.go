package setparameter

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/set-parameter/statements"
)

// What ends with the transaction stays in it.
func local(ctx context.Context, pool *pgxpool.Pool, tenant string) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL statement_timeout = '5s'"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "SELECT set_config('app.tenant', $1, true)", tenant); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "SELECT set_config($1, $2, $3)", "app.tenant", tenant, true)
		return err
	})
}

func transaction(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	tx.Exec("SET CONSTRAINTS ALL DEFERRED")
	tx.Exec("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
	return tx.Commit()
}

// These set no session's parameter.
func others(ctx context.Context, pool *pgxpool.Pool, name string) {
	pool.Exec(ctx, statements.Columns)
	pool.Exec(ctx, "UPDATE accounts SET search_path = $1, timezone = 'UTC'", name)
	pool.Exec(ctx, "ALTER ROLE reporting SET statement_timeout = '1min'")
	pool.Exec(ctx, "ALTER DATABASE app SET search_path = app, public")
	pool.Exec(ctx, "ALTER SYSTEM SET max_connections = 200")
	pool.Exec(ctx, "ALTER TABLE orders SET (fillfactor = 70)")
	pool.Exec(ctx, "ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0")
	pool.Exec(ctx, fmt.Sprintf("INSERT INTO %s (k, v) VALUES ('SET', 'search_path')", name))
	pool.Exec(ctx, "INSERT INTO t (k) VALUES ($1) ON CONFLICT (k) DO UPDATE SET k = excluded.k")
	pool.Exec(ctx, "SELECT 'SET search_path TO x', current_setting('search_path')")
	pool.Exec(ctx, "-- SET search_path TO x\nSELECT 1")
	pool.Exec(ctx, "SHOW search_path")
	pool.Exec(ctx, `CREATE OR REPLACE FUNCTION total(bigint) RETURNS numeric LANGUAGE sql
		AS $$ SELECT sum(total) FROM orders WHERE account = $1 $$
		SET search_path = app`)
	pool.Exec(ctx, `ALTER FUNCTION total(bigint)
		SET search_path FROM CURRENT`)
}

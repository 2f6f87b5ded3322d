package sessionlock

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/session-lock/db"
)

func xact(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if err := db.New(tx).LockInTx(ctx, lockID); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "SELECT pg_try_advisory_xact_lock($1), pg_advisory_xact_lock_shared($2)", lockID, 2)
		return err
	})
}

func rows(ctx context.Context, tx *sql.Tx) {
	tx.ExecContext(ctx, "SELECT * FROM jobs WHERE done IS NULL FOR UPDATE SKIP LOCKED")
	tx.ExecContext(ctx, "LOCK TABLE jobs IN EXCLUSIVE MODE")
	tx.ExecContext(ctx, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
	tx.ExecContext(ctx, "INSERT INTO log (line) VALUES ('SELECT pg_advisory_lock(1)')")
}

package fixlocks // want package:"sessionChanges"

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Here is locks whose unlock nobody can remove blindly.

func lock(ctx context.Context, tx pgx.Tx, id int64) {
	tx.Exec(ctx, "SELECT pg_advisory_lock($1)", id) // want `pg_advisory_lock.*\(session-lock\)`
	tx.Exec(ctx, "SELECT pg_advisory_lock(7)")      // want `pg_advisory_lock.*\(session-lock\)`
}

func unlock(ctx context.Context, pool *pgxpool.Pool, id int64) error {
	_, err := pool.Exec(ctx, "SELECT pg_advisory_unlock($1)", id) // want `pg_advisory_unlock.*\(session-lock\)`
	return err
}

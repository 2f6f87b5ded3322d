package fixsql

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func lock(ctx context.Context, tx pgx.Tx, id int64) error {
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_lock($1)", id); err != nil { // want `pg_advisory_lock.*\(session-lock\)`
		return err
	}

	defer tx.Exec(ctx, "SELECT pg_advisory_unlock($1)", id) // want `pg_advisory_unlock.*\(session-lock\)`

	_, err := tx.Exec(ctx, "DELETE FROM jobs WHERE id = $1", id)
	return err
}

func tryLock(ctx context.Context, tx pgx.Tx) (locked bool, err error) {
	err = tx.QueryRow(ctx, `select pg_catalog.pg_try_advisory_lock_shared(1, 2)`).Scan(&locked) // want `pg_try_advisory_lock_shared.*\(session-lock\)`
	if err != nil || !locked {
		return locked, err
	}
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_unlock(1, 2)`); err != nil { // want `pg_advisory_unlock.*\(session-lock\)`
		return locked, err
	}
	return locked, nil
}

func deferred(ctx context.Context, tx pgx.Tx, key string) error {
	tx.Exec(ctx, "SELECT pg_advisory_lock(hashtext($1))", key) // want `pg_advisory_lock.*\(session-lock\)`
	_, _ = tx.Exec(ctx, "SELECT 1", key)
	_, _ = tx.Exec(ctx, "SELECT pg_advisory_unlock(hashtext($1))", key) // want `pg_advisory_unlock.*\(session-lock\)`
	return nil
}

func unremovable(ctx context.Context, tx pgx.Tx, name int64) (ok bool, err error) {
	tx.Exec(ctx, "SELECT pg_advisory_lock($1)", name)                       // want `pg_advisory_lock.*\(session-lock\)`
	err = tx.QueryRow(ctx, "SELECT pg_advisory_unlock($1)", name).Scan(&ok) // want `pg_advisory_unlock.*\(session-lock\)`
	return ok, err
}

// Locks of a transaction would add up in a loop.
func loop(ctx context.Context, tx pgx.Tx, ids []int64) {
	for _, i := range ids {
		tx.Exec(ctx, "SELECT pg_advisory_lock($1)", i)   // want `pg_advisory_lock.*\(session-lock\)`
		tx.Exec(ctx, "SELECT pg_advisory_unlock($1)", i) // want `pg_advisory_unlock.*\(session-lock\)`
	}
}

// A lock that nothing releases may be held for as long as the program runs.
func leads(ctx context.Context, tx pgx.Tx) (leader bool, err error) {
	err = tx.QueryRow(ctx, "SELECT pg_try_advisory_lock(41)").Scan(&leader) // want `pg_try_advisory_lock.*\(session-lock\)`
	return leader, err
}

// Each lock has an unlock of its own.
func twice(ctx context.Context, tx pgx.Tx) {
	tx.Exec(ctx, "SELECT pg_advisory_lock(42)")   // want `pg_advisory_lock.*\(session-lock\)`
	tx.Exec(ctx, "SELECT pg_advisory_lock(42) ")  // want `pg_advisory_lock.*\(session-lock\)`
	tx.Exec(ctx, "SELECT pg_advisory_unlock(42)") // want `pg_advisory_unlock.*\(session-lock\)`
}

// A lock of the one transaction would be gone in the other.
func spans(ctx context.Context, conn *pgx.Conn) error {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	tx.Exec(ctx, "SELECT pg_advisory_lock(43)") // want `pg_advisory_lock.*\(session-lock\)`
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	tx, err = conn.Begin(ctx)
	if err != nil {
		return err
	}
	tx.Exec(ctx, "SELECT pg_advisory_unlock(43)") // want `pg_advisory_unlock.*\(session-lock\)`
	return tx.Commit(ctx)
}

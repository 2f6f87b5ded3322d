package sessionlock // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/georgysavva/scany/v2/pgxscan"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
)

const lockID = 7341

func overPool(ctx context.Context, pool *pgxpool.Pool) (locked bool, err error) {
	err = pool.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", lockID).Scan(&locked) // want `pg_try_advisory_lock.*\(session-lock\)`
	if err == nil && locked {
		defer pool.Exec(ctx, "SELECT pg_advisory_unlock($1)", lockID) // want `pg_advisory_unlock.*\(session-lock\)`
	}
	return locked, err
}

// A transaction does not end a session's lock.
func inTransaction(ctx context.Context, tx pgx.Tx, db *sqlx.DB) error {
	var locked bool
	if err := pgxscan.Get(ctx, tx, &locked, `SELECT pg_catalog.pg_try_advisory_lock_shared(1, 2)`); err != nil { // want `pg_try_advisory_lock_shared.*\(session-lock\)`
		return err
	}
	if err := db.GetContext(ctx, &locked, "SELECT CASE WHEN $1 THEN pg_try_advisory_lock(1) END", true); err != nil { // want `pg_try_advisory_lock.*\(session-lock\)`
		return err
	}
	_, err := tx.Exec(ctx, "SELECT pg_advisory_unlock_all()") // want `pg_advisory_unlock_all.*\(session-lock\)`
	return err
}

// one is generic: what its callers pass is SQL.
func one[T any](ctx context.Context, db *sql.Conn, query string, args ...any) (v T, err error) { // want query:"carriesSQL"
	err = db.QueryRowContext(ctx, query, args...).Scan(&v)
	return v, err
}

type locker[K any] struct {
	query string // want query:"carriesSQL"
	conn  *sql.Conn
}

func (l *locker[K]) lock(ctx context.Context, key K) error {
	_, err := l.conn.ExecContext(ctx, l.query, key)
	return err
}

func generics(ctx context.Context, conn *sql.Conn) error {
	if _, err := one[bool](ctx, conn, fmt.Sprintf("SELECT pg_try_advisory_lock(%d)", lockID)); err != nil { // want `pg_try_advisory_lock.*\(session-lock\)`
		return err
	}
	l := &locker[int64]{conn: conn, query: "SELECT pg_advisory_lock_shared($1)"} // want `pg_advisory_lock_shared.*\(session-lock\)`
	return l.lock(ctx, lockID)
}

package opentransaction

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"
)

func byHand(db *sql.DB) error {
	if _, err := db.Exec("BEGIN"); err != nil { // want `BEGIN: stays open on whichever connection of the pool runs it; begin it with BeginTx, and run its statements on what that returns \(open-transaction\)`
		return err
	}
	if _, err := db.Exec("UPDATE account SET balance = 0"); err != nil {
		return err
	}
	_, err := db.Exec("COMMIT")
	return err
}

func spellings(ctx context.Context, pool *pgxpool.Pool) {
	pool.Exec(ctx, "BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY") // want `BEGIN.*\(open-transaction\)`
	pool.Exec(ctx, "start transaction")                             // want `start transaction.*\(open-transaction\)`
	pool.Exec(ctx, "BEGIN WORK; LOCK TABLE account")                // want `BEGIN WORK.*\(open-transaction\)`
	pool.Exec(ctx, "BEGIN; SELECT 1; COMMIT; BEGIN")                // want `BEGIN.*\(open-transaction\)`
}

// A helper is right on a connection of its own.
func begin(ctx context.Context, on interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}) error {
	_, err := on.ExecContext(ctx, "BEGIN")
	return err
}

func give(ctx context.Context, db *sql.DB) error {
	return begin(ctx, db) // want `begin runs BEGIN: stays open on whichever connection of the pool runs it.*\(open-transaction\)`
}

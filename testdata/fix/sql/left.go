package fixsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/fix/sql/flags"
)

// What would change what the program does, or cannot be edited, has no fix.
func left(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx, which string) error {
	pool.Exec(ctx, "SET app.tenant = 't1'")                                                 // want `SET app.tenant.*\(set-parameter\)`
	tx.Exec(ctx, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE") // want `SET SESSION CHARACTERISTICS.*\(set-parameter\)`
	tx.Exec(ctx, "SET default_transaction_read_only = on")                                  // want `SET default_transaction_read_only.*\(set-parameter\)`
	tx.Exec(ctx, "SET idle_session_timeout = '1min'")                                       // want `SET idle_session_timeout.*\(set-parameter\)`
	tx.Exec(ctx, "RESET search_path")                                                       // want `RESET search_path.*\(set-parameter\)`
	tx.Exec(ctx, fmt.Sprintf("SET %s = 1", which))                                          // want `SET .*\(set-parameter\)`
	tx.Exec(ctx, "SET jit = off; COMMIT; SELECT 1")                                         // want `SET jit.*\(set-parameter\)`
	tx.Exec(ctx, "SET SESSION AUTHORIZATION auditor")                                       // want `SET SESSION AUTHORIZATION.*\(set-role\)`
	tx.Exec(ctx, "SELECT set_config('app.x', $1::text, $1::bool)", "false")                 // want `set_config.*\(set-parameter\)`
	tx.Exec(ctx, "DO $$ BEGIN SET LOCAL jit = off; SET work_mem = '1GB'; END $$")           // want `SET work_mem.*\(hidden-state\)`
	return nil
}

// Without its constant the import would be unused.
func imported(ctx context.Context, tx pgx.Tx) {
	tx.Exec(ctx, "SELECT set_config($1, $2, $3)", "app.x", "y", flags.Local) // want `set_config.*\(set-parameter\)`
}

// Two transactions, one behind the other.
func inTurn(db *sql.DB) {
	tx, _ := db.Begin()
	tx.Exec("SELECT pg_advisory_lock(8)") // want `pg_advisory_lock.*\(session-lock\)`
	tx.Commit()
	tx, _ = db.Begin()
	tx.Exec("SELECT pg_advisory_unlock(8)") // want `pg_advisory_unlock.*\(session-lock\)`
	tx.Commit()
}

// Exported names what other packages may run on a pool.
const Exported = "SET synchronous_commit = off" // want `SET synchronous_commit.*\(set-parameter\)`

const shared = "SET ROLE reader" // want `SET ROLE.*\(set-role\)`

const compared = "SET work_mem = '1GB'" // want `SET work_mem.*\(set-parameter\)`

func others(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx, q string) error {
	tx.Exec(ctx, Exported)
	tx.Exec(ctx, shared)
	pool.Exec(ctx, shared)
	tx.Exec(ctx, compared)
	if q == compared {
		return errors.New("no")
	}
	return nil
}

type either struct {
	db *sql.DB
	tx *sql.Tx
}

func (e either) exec(q string) error { // want q:"carriesSQL"
	if e.tx != nil {
		_, err := e.tx.Exec(q)
		return err
	}
	_, err := e.db.Exec(q)
	return err
}

func wrapped(e either) error {
	return e.exec("SET ROLE writer") // want `SET ROLE.*\(set-role\)`
}

// A caller's connection, and one that is gone on with, outlive the transaction.
func outlived(ctx context.Context, conn *sql.Conn) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	tx.ExecContext(ctx, "SET search_path = app") // want `SET search_path.*\(set-parameter\)`
	return tx.Commit()
}

func goneOnWith(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SET search_path = app") // want `SET search_path.*\(set-parameter\)`
		return err
	}); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "SELECT * FROM orders")
	return err
}

// The transaction that a caller gives is seen to begin on a connection that
// the caller goes on with.
func given(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SET search_path = app") // want `SET search_path.*\(set-parameter\)`
	return err
}

func giver(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := given(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "SELECT * FROM orders")
	return err
}

// A RESET would go on to undo what was set before.
func reset(ctx context.Context, tx pgx.Tx) {
	tx.Exec(ctx, "SELECT 1; RESET work_mem") // want `RESET work_mem.*\(set-parameter\)`
}

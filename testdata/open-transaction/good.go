package opentransaction

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
)

func onConnection(ctx context.Context, conn *sql.Conn, own *pgx.Conn) {
	conn.ExecContext(ctx, "BEGIN")
	own.Exec(ctx, "BEGIN")
}

func closed(db *sql.DB) {
	db.Exec("BEGIN; UPDATE account SET balance = 0; COMMIT")
	db.Exec("BEGIN; UPDATE account SET balance = 0; ROLLBACK")
	db.Exec("BEGIN IMMEDIATE") // SQLite's
	db.Exec("DO $$ BEGIN PERFORM 1; END $$")
}

func asMeant(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE account SET balance = 0"); err != nil {
		return err
	}
	return tx.Commit()
}

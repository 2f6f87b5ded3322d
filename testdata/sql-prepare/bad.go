package sqlprepare // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const marker = "/* poolvet */ "

var plans = []struct{ name, query string }{ // want query:"carriesSQL"
	{"orders", "PREPARE orders AS SELECT * FROM orders WHERE account = $1"}, // want `PREPARE orders.*\(sql-prepare\)`
	{"items", "PREPARE items (int) AS SELECT * FROM items WHERE id = $1"},   // want `PREPARE items.*\(sql-prepare\)`
}

func prepareAll(ctx context.Context, conn *pgx.Conn) error {
	for _, p := range plans {
		if _, err := conn.Exec(ctx, p.query); err != nil {
			return fmt.Errorf("prepare %s: %w", p.name, err)
		}
	}
	return nil
}

func prepareOne(ctx context.Context, conn *pgxpool.Conn, name, query string) { // want query:"carriesSQL"
	conn.Exec(ctx, marker+"PREPARE lookup AS "+query)            // want `PREPARE lookup.*\(sql-prepare\)`
	conn.Exec(ctx, fmt.Sprintf("PREPARE %s AS %s", name, query)) // want `PREPARE.*\(sql-prepare\)`
	conn.Exec(ctx, "EXECUTE orders(42)")                         // want `EXECUTE orders.*\(sql-prepare\)`
}

func forget(db *sql.DB, name string) {
	statements := []string{
		"SELECT 1",
		"DEALLOCATE PREPARE orders", // want `DEALLOCATE.*\(sql-prepare\)`
		"DEALLOCATE ALL",            // want `DEALLOCATE ALL.*\(sql-prepare\)`
	}
	for _, s := range statements {
		db.Exec(s)
	}
	db.Exec("DEALLOCATE " + name) // want `DEALLOCATE.*\(sql-prepare\)`
}

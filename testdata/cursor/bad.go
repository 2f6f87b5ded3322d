package cursor // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/lib/pq"
)

const declare = "DECLARE export CURSOR FOR SELECT * FROM orders" // want `DECLARE export.*\(cursor\)`

// RDS Proxy pins by any cursor, even in a transaction.
func export(ctx context.Context, tx *sql.Tx, table string) {
	tx.ExecContext(ctx, declare)
	tx.ExecContext(ctx, "DECLARE "+pq.QuoteIdentifier(table)+" CURSOR FOR SELECT 1")                                  // want `DECLARE.*\(cursor\)`
	tx.ExecContext(ctx, fmt.Sprintf("DECLARE copy NO SCROLL CURSOR FOR SELECT * FROM %s", pq.QuoteIdentifier(table))) // want `DECLARE copy.*\(cursor\)`
}

func hold(ctx context.Context, conn *pgx.Conn, query string) { // want query:"carriesSQL"
	conn.Exec(ctx, `DECLARE report CURSOR WITH HOLD FOR SELECT * FROM reports`)   // want `DECLARE report.*\(cursor\)`
	conn.Exec(ctx, "DECLARE rest BINARY INSENSITIVE CURSOR WITH HOLD FOR "+query) // want `DECLARE rest.*\(cursor\)`
}

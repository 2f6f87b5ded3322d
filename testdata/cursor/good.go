package cursor

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"
)

func good(ctx context.Context, tx *sql.Tx, pool *pgxpool.Pool, last int64) {
	tx.QueryContext(ctx, "FETCH 100 FROM export")
	tx.ExecContext(ctx, "CLOSE export")
	// Pages by key need no cursor.
	pool.Query(ctx, "SELECT * FROM orders WHERE id > $1 ORDER BY id LIMIT 100", last)
	pool.Exec(ctx, `CREATE FUNCTION totals() RETURNS refcursor LANGUAGE plpgsql AS $$
		DECLARE c CURSOR FOR SELECT sum(total) FROM orders;
		BEGIN OPEN c; RETURN c; END $$`)
}

package longstatement // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

const thousand = 1000

func insert(ctx context.Context, db *sql.DB, pool *pgxpool.Pool) {
	db.Exec("INSERT INTO numbers VALUES " + strings.Repeat("(1, 'one', true), ", thousand) + "(0, 'zero', false)") // want `\(long-statement\)`

	query := "SELECT * FROM orders WHERE id IN (" // want `\(long-statement\)`
	query += strings.Repeat("$1, ", 5*thousand)
	query += "$1)"
	pool.Exec(ctx, query)
}

package sqlprepare

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
)

func good(ctx context.Context, db *sql.DB, conn *pgx.Conn) {
	conn.Query(ctx, "SELECT * FROM orders WHERE account = $1", pgx.QueryExecModeExec, 42)
	db.ExecContext(ctx, "CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")
	db.ExecContext(ctx, "GRANT EXECUTE ON FUNCTION touch() TO app")
	db.ExecContext(ctx, "EXPLAIN ANALYZE SELECT * FROM orders")
	db.ExecContext(ctx, "PREPARE TRANSACTION 'order-42'")
}

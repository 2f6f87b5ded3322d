package longstatement

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Arrays and COPY keep the text short.
func good(ctx context.Context, pool *pgxpool.Pool, ids []int64, rows [][]any) {
	pool.Exec(ctx, "SELECT * FROM orders WHERE id = ANY($1)", ids)
	pool.Exec(ctx, "INSERT INTO numbers SELECT * FROM unnest($1::bigint[])", ids)
	pool.CopyFrom(ctx, pgx.Identifier{"numbers"}, []string{"n"}, pgx.CopyFromRows(rows))
	pool.Exec(ctx, "INSERT INTO numbers VALUES "+strings.Repeat("($1), ", 20)+"($1)", 1)
}

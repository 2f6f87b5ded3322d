package tempobject // want package:"sessionChanges"

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func spellings(ctx context.Context, pool *pgxpool.Pool, db *sql.DB) {
	pool.Exec(ctx, "CREATE TEMP TABLE staging (id bigint)")                          // want `TABLE staging.*\(temp-object\)`
	pool.Exec(ctx, "create temporary table if not exists staging (id bigint)")       // want `(?i)table.*\(temp-object\)`
	pool.Exec(ctx, "CREATE LOCAL TEMPORARY TABLE staging AS SELECT * FROM orders")   // want `TABLE staging.*\(temp-object\)`
	db.Exec("SELECT * INTO TEMP staging FROM orders")                                // want `INTO TEMP.*\(temp-object\)`
	db.Exec("CREATE TEMP VIEW recent AS SELECT * FROM orders WHERE created > now()") // want `VIEW recent.*\(temp-object\)`
	db.Exec("CREATE TEMP SEQUENCE line_numbers")                                     // want `SEQUENCE line_numbers.*\(temp-object\)`
	db.Exec("CREATE TABLE pg_temp.staging (id bigint)")                              // want `pg_temp.staging.*\(temp-object\)`
}

func built(ctx context.Context, conn *pgx.Conn, columns []string) {
	var b strings.Builder
	b.WriteString("CREATE TEMP TABLE import (") // want `TABLE import.*\(temp-object\)`
	for i, c := range columns {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s text", c)
	}
	b.WriteByte(')')
	conn.Exec(ctx, b.String())

	var buf bytes.Buffer
	buf.WriteString("CREATE TEMP TABLE raw (line text)") // want `TABLE raw.*\(temp-object\)`
	conn.Exec(ctx, buf.String())

	query := "CREATE TEMP TABLE ids AS" // want `TABLE ids.*\(temp-object\)`
	query += " SELECT id"
	query += " FROM orders"
	conn.Exec(ctx, query)

	conn.Exec(ctx, "CREATE TEMP TABLE wide ("+strings.Join(columns, " text, ")+" text)") // want `TABLE wide.*\(temp-object\)`
}

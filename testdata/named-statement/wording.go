package namedstatement

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
)

func wording(ctx context.Context, db *sql.DB) {
	pgx.Connect(ctx, "postgres://db/app")                // want `^pgx\.Connect with the default query mode, cache_statement: fails behind PgBouncer 1\.18 \(prepared statement already exists, or does not exist\); set default_query_exec_mode=cache_describe, or QueryExecModeCacheDescribe in the configuration \(named-statement\)$`
	db.Prepare("SELECT total FROM orders WHERE id = $1") // want `^db\.Prepare of SELECT total FROM orders WHERE id = \$1: fails behind PgBouncer 1\.18 \(prepared statement already exists, or does not exist\); send the query with its arguments, without Prepare \(named-statement\)$`
}

package setparameter

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A job's own setting, which it puts back.
func job(ctx context.Context, conn *pgxpool.Conn) {
	conn.Exec(ctx, "SET statement_timeout = 0") // want `^SET statement_timeout: pins the connection behind RDS Proxy; use a role or a direct connection of the job's own \(set-parameter\)$`
	conn.Exec(ctx, "REFRESH MATERIALIZED VIEW totals")
	conn.Exec(ctx, "RESET statement_timeout")                // want `^RESET statement_timeout: pins the connection behind RDS Proxy; remove it with the SET that it undoes \(set-parameter\)$`
	conn.Exec(ctx, "SET session_replication_role = replica") // want `^SET session_replication_role: pins the connection behind RDS Proxy; use a function with a SET session_replication_role clause, or a role or a direct connection of the job's own \(set-parameter\)$`
}

// What the whole application wants, and what one request does.
func hooked(config *pgxpool.Config, db *sql.DB, tenant string) {
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET lock_timeout = '2s'") // want `^SET lock_timeout: pins the connection behind RDS Proxy, on every new connection \(AfterConnect\); use the proxy's initialization query or ALTER ROLE … SET lock_timeout \(set-parameter\)$`
		return err
	}
	db.Exec("SELECT set_config('app.tenant', $1, false)", tenant)   // want `^set_config\('app\.tenant', …\): pins the connection behind RDS Proxy; pass the value to the query, or set it for the transaction inside a SQL function \(set-parameter\)$`
	db.Exec("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY") // want `^SET SESSION CHARACTERISTICS AS TRANSACTION: pins the connection behind RDS Proxy; give the isolation level and the access mode to BeginTx \(set-parameter\)$`
}

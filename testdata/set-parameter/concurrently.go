package setparameter

import (
	"context"
	"database/sql"
)

// What guards a statement that runs in no transaction can end with none.
func detach(ctx context.Context, conn *sql.Conn, table, partition string) error {
	conn.ExecContext(ctx, "SET lock_timeout = '1min'")                             // want `SET lock_timeout: pins the connection behind RDS Proxy; use a role or a direct connection of the job's own \(set-parameter\)`
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(1)"); err != nil { // want `pg_advisory_lock\(1\): pins the connection behind RDS Proxy; use a direct connection \(session-lock\)`
		return err
	}
	defer conn.ExecContext(ctx, "SELECT pg_advisory_unlock(1)") // want `pg_advisory_unlock\(1\): pins the connection behind RDS Proxy; use a direct connection \(session-lock\)`
	_, err := conn.ExecContext(ctx, "ALTER TABLE "+table+" DETACH PARTITION "+partition+" CONCURRENTLY")
	return err
}

func index(ctx context.Context, db *sql.DB) {
	db.ExecContext(ctx, "SELECT pg_advisory_lock(2)") // want `pg_advisory_lock\(2\): pins the connection behind RDS Proxy; use a direct connection \(session-lock\)`
	db.ExecContext(ctx, "CREATE INDEX CONCURRENTLY i ON t (a)")
}

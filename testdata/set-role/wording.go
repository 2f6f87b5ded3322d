package setrole

import (
	"context"
	"database/sql"
)

func wording(ctx context.Context, conn *sql.Conn) {
	conn.ExecContext(ctx, "SET ROLE reporting")                  // want `^SET ROLE: pins the connection behind RDS Proxy; connect as that role \(set-role\)$`
	conn.ExecContext(ctx, "RESET ROLE")                          // want `^RESET ROLE: pins the connection behind RDS Proxy; remove it with the SET ROLE that it undoes, and connect as the role that is needed \(set-role\)$`
	conn.ExecContext(ctx, "SET SESSION AUTHORIZATION reporting") // want `^SET SESSION AUTHORIZATION: pins the connection behind RDS Proxy; connect as that user \(set-role\)$`
}

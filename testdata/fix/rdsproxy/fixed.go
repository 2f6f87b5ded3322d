package fixrdsproxy // want package:"sessionChanges"

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
)

// Behind RDS Proxy a SET LOCAL may pin as well, and so may set_config with
// true: that they end with the transaction would only silence the finding.
func contested(ctx context.Context, tx pgx.Tx, tenant string) {
	tx.Exec(ctx, "SET statement_timeout = '5s'")                       // want `SET statement_timeout.*\(set-parameter\)`
	tx.Exec(ctx, "SET ROLE reader")                                    // want `SET ROLE.*\(set-role\)`
	tx.Exec(ctx, "SELECT set_config('app.tenant', $1, false)", tenant) // want `set_config.*\(set-parameter\)`
	tx.Exec(ctx, "CREATE TEMP TABLE small (id bigint)")                // want `TABLE small.*\(temp-object\)`
}

func lock(tx *sql.Tx) {
	tx.Exec("SELECT pg_advisory_lock(7)") // want `pg_advisory_lock.*\(session-lock\)`
	tx.Exec("SELECT 1")
	tx.Exec("SELECT pg_advisory_unlock(7)") // want `pg_advisory_unlock.*\(session-lock\)`
}

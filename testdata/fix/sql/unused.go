package fixsql

import (
	"context"
	"database/sql"
)

// Without the unlock the import of context would be unused.
func unused(tx *sql.Tx) {
	tx.Exec("SELECT pg_advisory_lock(9)")                          // want `pg_advisory_lock.*\(session-lock\)`
	tx.ExecContext(context.TODO(), "SELECT pg_advisory_unlock(9)") // want `pg_advisory_unlock.*\(session-lock\)`
}

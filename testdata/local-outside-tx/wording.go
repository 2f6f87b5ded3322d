package localoutsidetx

import "database/sql"

func wording(db *sql.DB) {
	db.Exec("SET LOCAL statement_timeout = '2s'")                // want `^SET LOCAL statement_timeout: has no effect outside a transaction; run it in the transaction that it is meant for, and check the metric DatabaseConnectionsCurrentlySessionPinned \(local-outside-tx\)$`
	db.Exec("SET TRANSACTION READ ONLY")                         // want `^SET TRANSACTION: has no effect outside a transaction; give the isolation level and the access mode to BeginTx \(local-outside-tx\)$`
	db.Exec("SELECT pg_advisory_xact_lock(42)")                  // want `^pg_advisory_xact_lock\(42\): is released at once, outside a transaction; take it in the transaction that it is to guard \(local-outside-tx\)$`
	db.Exec("CREATE TEMP TABLE staging (id int) ON COMMIT DROP") // want `^CREATE TEMP TABLE staging: is dropped at once, outside a transaction; use a CTE, VALUES or unnest\(\$1\) \(local-outside-tx\)$`
}

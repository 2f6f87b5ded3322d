package sessionlock

import "database/sql"

// Whoever does not wait for a lock still does not, and who shares it still
// does.
func wording(db *sql.DB) {
	db.QueryRow("SELECT pg_advisory_lock(42)")            // want `^pg_advisory_lock\(42\): pins the connection behind RDS Proxy; run it and what follows in one transaction: tx, err := db\.Begin\(\); tx\.QueryRow\("SELECT pg_advisory_xact_lock\(…\)"\) \(session-lock\)$`
	db.QueryRow("SELECT pg_try_advisory_lock(42)")        // want `^pg_try_advisory_lock\(42\): pins the connection behind RDS Proxy; run it and what follows in one transaction: tx, err := db\.Begin\(\); tx\.QueryRow\("SELECT pg_try_advisory_xact_lock\(…\)"\) \(session-lock\)$`
	db.QueryRow("SELECT pg_try_advisory_lock_shared(42)") // want `^pg_try_advisory_lock_shared\(42\): pins the connection behind RDS Proxy; run it and what follows in one transaction: tx, err := db\.Begin\(\); tx\.QueryRow\("SELECT pg_try_advisory_xact_lock_shared\(…\)"\) \(session-lock\)$`
	db.QueryRow("SELECT pg_advisory_unlock(42)")          // want `^pg_advisory_unlock\(42\): pins the connection behind RDS Proxy; use a lock that ends with its transaction and needs no unlock \(pg_advisory_xact_lock, pg_try_advisory_xact_lock\), or a direct connection \(session-lock\)$`
}

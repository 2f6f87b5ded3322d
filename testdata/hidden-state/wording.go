package hiddenstate

import "database/sql"

func wording(db *sql.DB) {
	db.Exec("DO $$ BEGIN SET lock_timeout = '1s'; END $$")            // want `^SET lock_timeout in a DO block: leaks to other clients behind RDS Proxy; use SET LOCAL lock_timeout there \(hidden-state\)$`
	db.Exec("DO $$ BEGIN PERFORM pg_try_advisory_lock(42); END $$")   // want `^pg_try_advisory_lock\(42\) in a DO block: leaks to other clients behind RDS Proxy, so that it excludes no one; use pg_try_advisory_xact_lock there \(hidden-state\)$`
	db.Exec("DO $$ BEGIN CREATE TEMP TABLE staging (id int); END $$") // want `^CREATE TEMP TABLE staging in a DO block: leaks to other clients behind RDS Proxy; declare it ON COMMIT DROP \(hidden-state\)$`
}

package sqlprepare

import "database/sql"

func wording(db *sql.DB) {
	db.Exec("PREPARE total AS SELECT sum(total) FROM orders") // want `^PREPARE total: pins the connection behind RDS Proxy; send the query with its arguments, unprepared \(sql-prepare\)$`
	db.Query("EXECUTE total")                                 // want `^EXECUTE total: pins the connection behind RDS Proxy; send the query with its arguments, unprepared \(sql-prepare\)$`
	db.Exec("DEALLOCATE total")                               // want `^DEALLOCATE total: pins the connection behind RDS Proxy; remove it, and send queries with their arguments, unprepared \(sql-prepare\)$`
}

package discard

import "database/sql"

func wording(db *sql.DB) {
	db.Exec("DISCARD ALL") // want `^DISCARD ALL: pins the connection behind RDS Proxy; remove it, as the session is not this client's own \(discard\)$`
}

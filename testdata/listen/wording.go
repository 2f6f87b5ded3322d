package listen

import "database/sql"

func wording(db *sql.DB) {
	db.Exec("LISTEN orders")   // want `^LISTEN orders: pins the connection behind RDS Proxy; listen on a direct connection, or poll \(listen\)$`
	db.Exec("UNLISTEN orders") // want `^UNLISTEN orders: pins the connection behind RDS Proxy, as users report; move it to a direct connection, with its LISTEN \(listen\)$`
}

package cursor

import "database/sql"

func wording(tx *sql.Tx) {
	tx.Exec("DECLARE totals CURSOR FOR SELECT total FROM orders") // want `^DECLARE totals CURSOR: pins the connection behind RDS Proxy; read the rows of a plain query as they arrive, or page by key \(cursor\)$`
}

package sequencestate

import "database/sql"

func wording(db *sql.DB, next int64) {
	db.QueryRow("SELECT nextval('orders_id_seq')")                          // want `^nextval\('orders_id_seq'\): pins the connection behind RDS Proxy; let the default of a serial or identity column draw it, and read it with RETURNING \(sequence-state\)$`
	db.Exec("SELECT setval('orders_id_seq', 1000)")                         // want `^setval\('orders_id_seq', …\): pins the connection behind RDS Proxy; use ALTER SEQUENCE … RESTART WITH the number, or run it over a direct connection \(sequence-state\)$`
	db.Exec("SELECT setval('orders_id_seq', (SELECT max(id) FROM orders))") // want `^setval\('orders_id_seq', …\): pins the connection behind RDS Proxy; run it over a direct connection \(sequence-state\)$`
	db.QueryRow("SELECT currval('orders_id_seq')")                          // want `^currval\('orders_id_seq'\): may return another client's value behind RDS Proxy; read the value with RETURNING where the row is inserted \(sequence-state\)$`
}

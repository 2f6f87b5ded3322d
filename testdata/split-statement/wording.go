package splitstatement

import "database/sql"

func wording(id int64) {
	db, _ := sql.Open("postgres", "postgres://db/app") // want `^sql\.Open with the default of lib/pq, binary_parameters=no: returns other clients' rows behind PgBouncer 1\.18; set binary_parameters=yes \(split-statement\)$`
	db.Query("SELECT total FROM orders WHERE id = $1", id)
}

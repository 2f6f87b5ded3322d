package tempobject

import "database/sql"

func wording(db *sql.DB) {
	db.Exec("CREATE TEMP TABLE staging (id int)")            // want `^CREATE TEMP TABLE staging: pins the connection behind RDS Proxy; use a CTE, VALUES or unnest\(\$1\), or an unlogged table with a column for the job \(temp-object\)$`
	db.Exec("CREATE TEMP VIEW open AS SELECT * FROM orders") // want `^CREATE TEMP VIEW open: pins the connection behind RDS Proxy; create the view in an ordinary schema, or put its query where it is used \(temp-object\)$`
	db.Exec("CREATE TEMP SEQUENCE numbers")                  // want `^CREATE TEMP SEQUENCE numbers: pins the connection behind RDS Proxy; number the rows with row_number\(\), or create the sequence in an ordinary schema \(temp-object\)$`
}

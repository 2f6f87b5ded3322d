package beside

import "database/sql"

func givenHere(db *sql.DB) { db.Exec("CREATE TEMPORARY TABLE t (a int)") }

func openedHere(dsn string) {
	db, _ := sql.Open("pgx", dsn)
	db.Exec("SET ROLE app") // want `SET ROLE.*\(set-role\)`
}

// Package beside has a handle of PostgreSQL in a file that is named for another
// database.
package beside

import (
	"database/sql"

	_ "github.com/lib/pq"
)

func opened(dsn string) {
	db, _ := sql.Open("postgres", dsn)
	db.Exec("SET ROLE app") // want `SET ROLE.*\(set-role\)`
}

// Of a handle that is not seen to be opened, the file's name tells nothing
// beside the import.
func given(db *sql.DB) {
	db.Exec("SET ROLE given") // want `SET ROLE.*\(set-role\)`
}

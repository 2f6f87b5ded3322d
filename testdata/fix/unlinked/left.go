package fixunlinked

import (
	"database/sql"

	_ "github.com/jackc/pgx/v4/stdlib"
	_ "github.com/jackc/pgx/v5/stdlib"
)

// Here are names of drivers that another package links, or that two drivers
// give themselves: with the key of the wrong one no connection is made.

func open(id int) error {
	db, err := sql.Open("postgres", "host=db") // want `split-statement`
	if err != nil {
		return err
	}
	return db.QueryRow("SELECT name FROM users WHERE id = $1", id).Err()
}

func both() {
	sql.Open("pgx", "host=db") // want `named-statement`
}

// Package one has a pool of one connection, on which BEGIN and what follows
// meet each other.
package one

import "database/sql"

func open(db *sql.DB) error {
	db.SetMaxOpenConns(1)
	_, err := db.Exec("BEGIN")
	return err
}

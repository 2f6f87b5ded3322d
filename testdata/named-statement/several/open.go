// Package several opens one of several databases, by a name that is given.
package several

import (
	"database/sql"
	"fmt"

	_ "github.com/jackc/pgx/v5/stdlib"
)

func open(name, dsn string) (*sql.DB, error) { return sql.Open(name, dsn) }

// By names the database as a URL does.
func By(scheme, dsn string) error {
	var db *sql.DB
	var err error
	switch scheme {
	case "sqlite":
		db, err = open(driver(scheme), "file:"+dsn)
	case "postgres":
		db, err = open(driver(scheme), "postgres:"+dsn) // want `^open with the default query mode`
	}
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	return query(db)
}

// A name that is written at the call outweighs what stands around it.
func sqliteAndMore(dsn string) error {
	db, err := open("pgx", "postgres:"+dsn) // want `^open with the default query mode`
	if err != nil {
		return err
	}
	return query(db)
}

func driver(scheme string) string {
	if scheme == "postgres" {
		return "pgx"
	}
	return "sqlite3"
}

func query(db *sql.DB) error { return db.QueryRow("SELECT $1::int", 1).Err() }

// Package sqlx opens as sqlx's README does.
package sqlx

import (
	"log"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
)

func readme() {
	// this Pings the database trying to connect
	// use sqlx.Open() for sql.Open() semantics
	db, err := sqlx.Connect("postgres", "user=foo dbname=bar sslmode=disable")
	if err != nil {
		log.Fatalln(err)
	}

	tx := db.MustBegin()
	tx.MustExec("INSERT INTO person (first_name, last_name, email) VALUES ($1, $2, $3)", "Jason", "Moiron", "jmoiron@jmoiron.net")
	tx.Commit()

	var email string
	err = db.Get(&email, "SELECT email FROM person WHERE first_name=$1", "Jason")
	if err != nil {
		log.Fatalln(err)
	}
}

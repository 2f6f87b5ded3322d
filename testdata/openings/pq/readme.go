// Package pq opens as lib/pq's README does.
package pq

import (
	"database/sql"
	"log"

	"github.com/lib/pq"
)

func readme() {
	// Or as URL: postgresql://localhost/pqgo
	db, err := sql.Open("postgres", "host=localhost dbname=pqgo")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	err = db.Ping()
	if err != nil {
		log.Fatal(err)
	}

	age := 21
	rows, err := db.Query("select name from users where age = $1", age)
	if err != nil {
		log.Fatal(err)
	}
	defer rows.Close()
}

func config() {
	cfg := pq.Config{
		Host: "localhost",
		Port: 5432,
		User: "pqgo",
	}
	c, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		log.Fatal(err)
	}

	// Create connection pool.
	db := sql.OpenDB(c)
	defer db.Close()
}

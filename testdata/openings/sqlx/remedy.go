package sqlx

import (
	"log"

	"github.com/jmoiron/sqlx"
)

func remedy() *sqlx.DB {
	db, err := sqlx.Connect("postgres", "user=foo dbname=bar sslmode=disable binary_parameters=yes")
	if err != nil {
		log.Fatalln(err)
	}
	return db
}

package pq

import (
	"database/sql"
	"log"

	"github.com/lib/pq"
)

func readmeRemedy() (*sql.DB, error) {
	return sql.Open("postgres", "host=localhost dbname=pqgo binary_parameters=yes")
}

func urlRemedy() (*sql.DB, error) {
	return sql.Open("postgres", "postgresql://localhost/pqgo?binary_parameters=yes")
}

func configRemedy() *sql.DB {
	cfg := pq.Config{
		Host:             "localhost",
		Port:             5432,
		User:             "pqgo",
		BinaryParameters: true,
	}
	c, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		log.Fatal(err)
	}
	return sql.OpenDB(c)
}

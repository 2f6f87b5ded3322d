package splitstatement

import (
	"database/sql"
	"os"

	"github.com/lib/pq"
)

func binary(dsn string) {
	sql.Open("postgres", os.Getenv("DATABASE")+" binary_parameters=yes")
	sql.Open("postgres", "postgres://db/app?sslmode=disable&binary_parameters=1")
	pq.NewConnectorConfig(pq.Config{BinaryParameters: true})

	config, err := pq.NewConfig(dsn)
	if err != nil {
		return
	}
	config.BinaryParameters = true
	pq.NewConnectorConfig(config)
}

func otherDriver(dsn string) {
	sql.Open("pg", dsn) // bun's, which sends the simple protocol
	sql.Open("sqlite3", dsn)
}

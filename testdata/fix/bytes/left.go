package fixbytes

import (
	"database/sql"
	"encoding/json"

	_ "github.com/lib/pq"
)

func open() (*sql.DB, error) {
	return sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
}

func insert(db *sql.DB, doc json.RawMessage) {
	db.Exec("INSERT INTO docs (doc) VALUES ($1)", doc)
}

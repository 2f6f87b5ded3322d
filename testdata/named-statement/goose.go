package namedstatement

import (
	"database/sql"

	"github.com/pressly/goose/v3"
)

// goose opens pgx for its dialect postgres.
func gooseOpens(dsn string) (*sql.DB, error) {
	return goose.OpenDBWithDriver("postgres", dsn) // want `goose.OpenDBWithDriver with the default query mode, cache_statement: fails behind PgBouncer 1.18.*; set default_query_exec_mode=cache_describe.*\(named-statement\)`
}

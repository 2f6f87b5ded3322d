// Package statements has the texts that another package runs.
package statements

const (
	UTC      = "SET TIME ZONE 'UTC'"
	ReadOnly = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
	Columns  = "SELECT id, timezone FROM users"
)

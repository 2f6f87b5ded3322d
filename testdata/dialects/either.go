package dialects

import (
	"context"
	"database/sql"
)

type cluster struct {
	db          *sql.DB
	isCockroach bool
}

// What is no CockroachDB is PostgreSQL.
func (c cluster) lock(ctx context.Context) error {
	if c.isCockroach {
		_, err := c.db.ExecContext(ctx, "SET experimental_enable_hash_sharded_indexes = 'on'; SET statement_timeout = '1s'")
		return err
	}
	_, err := c.db.ExecContext(ctx, "SELECT pg_advisory_lock(7)") // want `pg_advisory_lock\(7\)`
	return err
}

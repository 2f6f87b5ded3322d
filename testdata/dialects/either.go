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
func (c cluster) enter(ctx context.Context) error {
	if c.isCockroach {
		_, err := c.db.ExecContext(ctx, "SET experimental_enable_hash_sharded_indexes = 'on'; SET statement_timeout = '1s'")
		return err
	}
	_, err := c.db.ExecContext(ctx, "SET ROLE app") // want `SET ROLE`
	return err
}

// Package crdb is for CockroachDB, which no pooler of PostgreSQL's stands before.
package crdb

import (
	"context"
	"database/sql"

	_ "github.com/lib/pq"
)

func open(ctx context.Context, url string) error {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "SET application_name = $1", "queue"); err != nil {
		return err
	}
	_, err = db.PrepareContext(ctx, "SELECT id FROM queue WHERE owner = $1")
	return err
}

type store struct {
	db          *sql.DB
	isCockroach bool
}

func (s store) lock(ctx context.Context) error {
	if s.isCockroach {
		return nil
	}
	_, err := s.db.ExecContext(ctx, "SELECT pg_advisory_lock(7)")
	return err
}

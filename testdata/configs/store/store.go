// Package store opens with configurations that others make.
package store

import (
	"context"
	"log"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Store hides its pool.
type Store struct{ pool *pgxpool.Pool }

// New leaves the mode to its callers.
func New(ctx context.Context, config *pgxpool.Config) (*Store, error) {
	config.MaxConns = 4
	pool, err := pgxpool.NewWithConfig(ctx, config)
	return &Store{pool}, err
}

// Name asks with an argument.
func (s *Store) Name(ctx context.Context, id int) (name string, err error) {
	err = s.pool.QueryRow(ctx, "SELECT name FROM shop WHERE id = $1", id).Scan(&name)
	return name, err
}

// NewSafe sets it.
func NewSafe(ctx context.Context, config *pgxpool.Config) (*Store, error) {
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	pool, err := pgxpool.NewWithConfig(ctx, config)
	return &Store{pool}, err
}

// Tune sets it for whoever opens.
func Tune(config *pgx.ConnConfig) { config.DefaultQueryExecMode = pgx.QueryExecModeExec }

// Log leaves it as it is.
func Log(config *pgx.ConnConfig) { log.Print(config.Host, config.Port) }

// Check needs nothing of it: no argument, no row.
func Check(ctx context.Context, config *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return conn.Ping(ctx)
}

// Shown has it where others can set its mode.
type Shown struct{ Config *pgxpool.Config }

// NewShown opens later.
func NewShown(config *pgxpool.Config) *Shown { return &Shown{config} }

// Open opens.
func (s *Shown) Open(ctx context.Context) (*pgxpool.Pool, error) {
	return pgxpool.NewWithConfig(ctx, s.Config)
}

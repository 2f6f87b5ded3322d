// Package db opens what others name.
package db

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/poolvet/poolvet/testdata/elsewhere/conf"
)

// DB hides its handle.
type DB struct{ db *sql.DB }

// Open leaves driver and string to its callers.
func Open(driver, dsn string) (*DB, error) {
	db, err := sql.Open(driver, dsn)
	return &DB{db}, err
}

// OpenPool passes on.
func OpenPool(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, dsn)
}

// Options is what a pool is opened with.
type Options struct{ URL string }

// New opens by a field of its own.
func New(ctx context.Context, o Options) (*pgxpool.Pool, error) { return pgxpool.New(ctx, o.URL) }

// FromConfig opens by a field of another package.
func FromConfig(ctx context.Context, c *conf.Config) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, c.URL)
}

// Opener hides which database it is.
type Opener interface {
	Open(ctx context.Context, dsn string) error
}

// Pools opens.
type Pools struct{ pool *pgxpool.Pool }

func (p *Pools) Open(ctx context.Context, dsn string) (err error) {
	p.pool, err = pgxpool.New(ctx, dsn)
	return err
}

// Option changes a configuration.
type Option func(*pgxpool.Config)

// WithParam sets a startup parameter.
func WithParam(name, value string) Option {
	return func(c *pgxpool.Config) { c.ConnConfig.RuntimeParams[name] = value }
}

// Use is one caller of its own.
func Use() Option { return WithParam("jit", "off") } // want `jit in RuntimeParams`

// TakeLock is for other packages, and is reported here.
const TakeLock = "SELECT pg_advisory_lock(7)" // want `pg_advisory_lock\(7\): is not seen to run, and where it does, it leaks`

// Briefly is for other packages, and right within a transaction.
const Briefly = "SET LOCAL lock_timeout = '1s'"

// Once leaves nothing behind.
const Once = "SET jit = off; ANALYZE; RESET jit"

// Dumped is for what writes it to a file.
const Dumped = "SET check_function_bodies = false"

func dump(w interface{ WriteString(string) }) { w.WriteString(Dumped) }

// Package shapes declares interfaces and types as real projects do, which no
// table of libraries knows. A method with a comment `sink N` takes SQL text as
// its argument N.
package shapes

import (
	"context"
	"database/sql"

	"github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jmoiron/sqlx"
	"github.com/stephenafamo/scan"
	"gorm.io/gorm"
)

// DBTX is sqlc's for database/sql.
type DBTX interface {
	ExecContext(context.Context, string, ...interface{}) (sql.Result, error) // sink 1
	PrepareContext(context.Context, string) (*sql.Stmt, error)               // sink 1 prepares
	QueryContext(context.Context, string, ...interface{}) (*sql.Rows, error) // sink 1
	QueryRowContext(context.Context, string, ...interface{}) *sql.Row        // sink 1
	CopyFrom(context.Context, pgx.Identifier, []string, pgx.CopyFromSource) (int64, error)
}

// PgxDBTX is sqlc's for pgx.
type PgxDBTX interface {
	Exec(context.Context, string, ...interface{}) (pgconn.CommandTag, error) // sink 1
	Query(context.Context, string, ...interface{}) (pgx.Rows, error)         // sink 1
	QueryRow(context.Context, string, ...interface{}) pgx.Row                // sink 1
	SendBatch(context.Context, *pgx.Batch) pgx.BatchResults
}

// DbConn hides database/sql and takes its rows from another library.
type DbConn interface {
	Exec(string, ...any) (sql.Result, error)                             // sink 0
	Prepare(string) (*sql.Stmt, error)                                   // sink 0 prepares
	QueryRow(string, ...any) squirrel.RowScanner                         // sink 0
	QueryRowContext(context.Context, string, ...any) squirrel.RowScanner // sink 1
	Name() string
}

// Rows, Row and Result are a project's own.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Close() error
}

type Row interface{ Scan(dest ...any) error }

type Result interface{ RowsAffected() int64 }

// Querier returns them.
type Querier interface {
	Exec(ctx context.Context, query string, args ...any) (Result, error) // sink 1
	Query(ctx context.Context, query string, args ...any) (Rows, error)  // sink 1
	QueryRow(ctx context.Context, query string, args ...any) Row         // sink 1
}

// Executor has an Exec that returns an error alone, in the company of a
// QueryRow that leaves no doubt.
type Executor interface {
	Exec(ctx context.Context, sql string, args ...any) error   // sink 1
	QueryRow(ctx context.Context, sql string, args ...any) Row // sink 1
	Begin(ctx context.Context) (Executor, error)
}

type Option func()

// Writer counts rows, and takes the bound values as a slice.
type Writer interface {
	Exec(ctx context.Context, sql string, values []any, opt ...Option) (int, error)        // sink 1
	Query(ctx context.Context, sql string, values []any, opt ...Option) (*sql.Rows, error) // sink 1
}

// Mapper is made after sqlx.
type Mapper interface {
	GetContext(ctx context.Context, dest any, query string, args ...any) error        // sink 2
	Select(dest any, query string, args ...any) error                                 // sink 1
	NamedExec(query string, arg any) (sql.Result, error)                              // sink 0
	NamedQueryContext(ctx context.Context, query string, arg any) (*sqlx.Rows, error) // sink 1
	MustExec(query string, args ...any) sql.Result                                    // sink 0
	PreparexContext(ctx context.Context, query string) (*sqlx.Stmt, error)            // sink 1 prepares
}

type Batch interface {
	Queue(query string, arguments ...any) // sink 0
	Len() int
}

type Preparer interface {
	Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) // sink 2 prepares
}

// Interceptor has the verb in longer names.
type Interceptor interface {
	QueryWithRetry(ctx context.Context, sql string, args ...any) (pgx.Rows, error) // sink 1
	ExecNoPrepare(sql string) (sql.Result, error)                                  // sink 0
}

type ScanQueryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (scan.Rows, error) // sink 1
}

type Orm interface {
	Raw(sql string, values ...interface{}) *gorm.DB  // sink 0
	Exec(sql string, values ...interface{}) *gorm.DB // sink 0
	Where(query interface{}, args ...interface{}) *gorm.DB
}

// RawSeter is a query that is still to be run.
type RawSeter interface {
	Exec() (sql.Result, error)
	SetArgs(args ...any) RawSeter
}

type Ormer interface {
	Raw(query string, args ...any) RawSeter // sink 0
	Load(key string) RawSeter
}

type SQL string

// Store is a struct, generic, and has a string type of its own.
type Store[T any] struct{ db *sql.DB }

func (s *Store[T]) Query(ctx context.Context, q SQL, args ...any) (*sql.Rows, error) { // sink 1
	return s.db.QueryContext(ctx, string(q), args...)
}

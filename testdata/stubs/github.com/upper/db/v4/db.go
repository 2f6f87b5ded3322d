// Package db has the signatures of github.com/upper/db/v4 that take SQL text,
// as in sql.go and raw.go of https://github.com/upper/db. It does nothing.
package db

import (
	"context"
	"database/sql"
)

// SQL is the part of upper's interface of this name that takes SQL text.
type SQL interface {
	Exec(query interface{}, args ...interface{}) (sql.Result, error)
	ExecContext(ctx context.Context, query interface{}, args ...interface{}) (sql.Result, error)
	Prepare(query interface{}) (*sql.Stmt, error)
	PrepareContext(ctx context.Context, query interface{}) (*sql.Stmt, error)
	Query(query interface{}, args ...interface{}) (*sql.Rows, error)
	QueryContext(ctx context.Context, query interface{}, args ...interface{}) (*sql.Rows, error)
	QueryRow(query interface{}, args ...interface{}) (*sql.Row, error)
	QueryRowContext(ctx context.Context, query interface{}, args ...interface{}) (*sql.Row, error)
	Iterator(query interface{}, args ...interface{}) Iterator
	IteratorContext(ctx context.Context, query interface{}, args ...interface{}) Iterator
}

type Iterator interface {
	All(dest interface{}) error
	One(dest interface{}) error
	Next(dest ...interface{}) bool
	Err() error
	Close() error
}

// Settings has one of its methods here.
type Settings interface {
	SetPreparedStatementCache(bool)
}

var DefaultSettings Settings

type Session interface {
	Settings
	SQL() SQL
	Tx(fn func(sess Session) error) error
	TxContext(ctx context.Context, fn func(sess Session) error, opts *sql.TxOptions) error
}

type RawExpr struct{}

func Raw(value string, args ...interface{}) *RawExpr { return nil }

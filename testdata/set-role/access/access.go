// Package access runs statements for other packages.
package access

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Querier is what a pool, a connection and a transaction have.
type Querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Run runs statement.
func Run(ctx context.Context, q Querier, statement string) error { // want statement:"carriesSQL"
	return run(ctx, q, "one statement", statement)
}

func run(ctx context.Context, q Querier, what, statement string, args ...any) error { // want statement:"carriesSQL"
	if _, err := q.Exec(ctx, statement, args...); err != nil {
		return &Error{what, err}
	}
	return nil
}

// Error says what failed.
type Error struct {
	What string
	Err  error
}

func (e *Error) Error() string { return e.What + ": " + e.Err.Error() }

// All runs every statement.
func All(ctx context.Context, q Querier, statements ...string) error { // want statements:"carriesSQL"
	for _, s := range statements {
		if err := Run(ctx, q, s); err != nil {
			return err
		}
	}
	return nil
}

// Collect is generic.
func Collect[T any](ctx context.Context, q Querier, sql string, args ...any) ([]T, error) { // want sql:"carriesSQL"
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[T])
}

// Step has a field that is run.
type Step struct {
	Name string
	SQL  string // want SQL:"carriesSQL"
}

// Do runs the steps.
func Do(ctx context.Context, q Querier, steps []Step) error {
	for _, step := range steps {
		if err := Run(ctx, q, step.SQL); err != nil {
			return err
		}
	}
	return nil
}

// Runner is anyone who runs a statement.
type Runner interface {
	RunOne(ctx context.Context, statement string) error // want statement:"carriesSQL"
}

// Querying is a Runner.
type Querying struct{ Querier }

func (q Querying) RunOne(ctx context.Context, statement string) error { // want statement:"carriesSQL"
	return Run(ctx, q.Querier, statement)
}

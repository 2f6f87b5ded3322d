package shapes

import (
	"context"
	"database/sql"
	"time"
)

// None of these takes SQL text, for all their names.

// PsqlRunner starts a process.
type PsqlRunner struct{ path string }

func (r *PsqlRunner) Exec(sql string) error              { return nil }
func (r *PsqlRunner) Query(sql string) ([]string, error) { return nil, nil }

type Redis interface {
	Do(ctx context.Context, command string, args ...any) (any, error)
	Exec(ctx context.Context, script string, args ...any) error
	Get(ctx context.Context, key string) ([]byte, error)
}

// CassandraQuery is still to be run.
type CassandraQuery interface {
	Exec() error
	Scan(dest ...any) error
}

type CassandraSession interface {
	Query(stmt string, values ...any) CassandraQuery
}

type Kubernetes interface {
	Get(ctx context.Context, key any, obj any) error
}

type Cache interface {
	Get(dest any, key string) error
	Select(columns ...string) error
}

type Prometheus interface {
	Query(ctx context.Context, query string, ts time.Time) (any, []string, error)
}

type GraphQL interface {
	Query(ctx context.Context, query string, variables map[string]any) error
	Exec(ctx context.Context, query string, variables map[string]any) error
}

type Shell interface {
	Exec(name string, args ...string) error
	ExecContext(ctx context.Context, name string, args ...string) ([]byte, error)
}

// Mock has expectations, which are regular expressions.
type Mock interface {
	ExpectExec(expectedSQL string) *Expected
	ExpectQuery(expectedSQL string) *Expected
}

type Expected struct{}

func (e *Expected) WillReturnRows(rows *sql.Rows) *Expected { return e }

type Builder interface {
	Query() string
	BuildQuery(table string) (string, []any, error)
	Prepare(name string) error
}

type Repository interface {
	GetRows(ctx context.Context, name string) (*sql.Rows, error)
	Select(ctx context.Context, tx *sql.Tx, name string, limit int) ([]string, error)
}

type Queue interface {
	Queue(name string, priority int) error
}

// Chain returns itself.
type Chain interface {
	Exec() Chain
	Query(text string) Chain
}

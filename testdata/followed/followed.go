// Package followed has the examples of docs/followed.md.
package followed

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func alternatives(db *sql.DB, local bool) {
	scope := "SESSION"
	if local {
		scope = "LOCAL"
	}
	db.Exec(fmt.Sprintf("SET %s lock_timeout = 0", scope)) // want `SET SESSION lock_timeout: leaks` `SET LOCAL lock_timeout: has no effect outside a transaction`
}

func control(db *sql.DB, jobs chan string) {
	query := "SELECT 1"
work:
	for {
		select {
		case role := <-jobs:
			query = "SET ROLE " + role // want `SET ROLE: leaks`
			break work
		}
	}
	db.Exec(query)
}

func helpers(db *sql.DB, role string) {
	var b strings.Builder
	writeRole(&b, role)
	db.Exec(b.String())
}

func writeRole(b *strings.Builder, role string) {
	b.WriteString("SET ROLE ") // want `SET ROLE: leaks`
	b.WriteString(role)
}

type runner interface{ Run(query string) error }

type store struct{ db *sql.DB }

func (s *store) Run(query string) error { _, err := s.db.Exec(query); return err }

func interfaces(r runner) {
	r.Run("LISTEN orders") // want `LISTEN orders: hears nothing`
}

func urls(ctx context.Context, base string) (*pgxpool.Pool, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	q := u.Query()
	q.Set("statement_timeout", "5s") // want `statement_timeout in the connection string: is refused`
	u.RawQuery = q.Encode()
	return pgxpool.New(ctx, u.String())
}

type option func(*pgxpool.Config)

func withParam(name, value string) option {
	return func(c *pgxpool.Config) { c.ConnConfig.RuntimeParams[name] = value }
}

func options(ctx context.Context, c *pgxpool.Config) {
	withParam("lock_timeout", "5s")(c) // want `lock_timeout in RuntimeParams: is refused`
	pgxpool.NewWithConfig(ctx, c)
}

func defaults(ctx context.Context) {
	dsn := flag.String("dsn", "postgres://localhost/app?lock_timeout=5s", "where the database is") // want `lock_timeout in the connection string: .*, unless another connection string is given`
	flag.Parse()
	pgx.Connect(ctx, *dsn)
}

type settings struct {
	DSN string `env:"DSN" envDefault:"postgres://localhost/app?lock_timeout=5s"` // want `lock_timeout in the connection string: .*, unless another connection string is given`
}

func tagged(ctx context.Context, s settings) {
	pgx.Connect(ctx, s.DSN)
}

var sources = map[string]string{}

func register(name, dsn string) { sources[name] = dsn }

func init() { register("orders", "postgres://db/orders?lock_timeout=5s") } // want `lock_timeout in the connection string`

func sourceOf(ctx context.Context, name string) { pgx.Connect(ctx, sources[name]) }

var modes = map[string]pgx.QueryExecMode{
	"exec":  pgx.QueryExecModeExec,
	"split": pgx.QueryExecModeDescribeExec,
}

func chosen(ctx context.Context, c *pgxpool.Config) {
	name := "split"
	c.ConnConfig.DefaultQueryExecMode = modes[name] // want `DefaultQueryExecMode = modes\[name\] \(describe_exec\): `
	pgxpool.NewWithConfig(ctx, c)
}

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

type queries struct{ db execer }

func newQueries(db execer) *queries { return &queries{db: db} }

func (q *queries) setTenant(ctx context.Context, id string) {
	q.db.ExecContext(ctx, "SELECT set_config('app.tenant', $1, true)", id)
}

func tenant(ctx context.Context, db *sql.DB, tx *sql.Tx) {
	newQueries(tx).setTenant(ctx, "a")
	newQueries(db).setTenant(ctx, "a") // want `setTenant runs set_config\('app.tenant', …\): has no effect`
}

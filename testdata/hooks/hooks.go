// Package hooks sets the session up on new connections: each statement is one
// finding, where it stands, and names its hook.
package hooks

import (
	"context"

	"github.com/go-pg/pg/v10"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/hooks/lib"
)

var setup = []string{
	"SET work_mem = '64MB'", // want `^SET work_mem: .*, on every new connection \(AfterConnect\); `
	"SET jit = off",         // want `^SET jit: .*, on every new connection \(AfterConnect\); `
}

func list(c *pgxpool.Config) { c.AfterConnect = run }

func run(ctx context.Context, c *pgx.Conn) error {
	for _, s := range setup {
		if _, err := c.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func passed(c *pgxpool.Config) {
	c.BeforeAcquire = func(ctx context.Context, c *pgx.Conn) bool {
		return exec(ctx, c, "SET lock_timeout = '1s'") == nil // want `^SET lock_timeout: .*, whenever a connection is taken from the pool \(BeforeAcquire\); `
	}
}

func exec(ctx context.Context, c *pgx.Conn, q string) error {
	_, err := c.Exec(ctx, q)
	return err
}

func far(c *pgxpool.Config) {
	c.AfterRelease = func(c *pgx.Conn) bool { return one(context.Background(), c) == nil }
}

func one(ctx context.Context, c *pgx.Conn) error { return two(ctx, c) }

func two(ctx context.Context, c *pgx.Conn) error {
	if _, err := c.Exec(ctx, "SET row_security = off"); err != nil { // want `^SET row_security: .*, whenever a connection goes back to the pool \(AfterRelease\); `
		return err
	}
	_, err := c.Exec(ctx, "SET ROLE app") // want `^SET ROLE: .*, whenever a connection goes back to the pool \(AfterRelease\); `
	return err
}

func gopg(o *pg.Options) {
	o.OnConnect = func(ctx context.Context, c *pg.Conn) error {
		_, err := c.Exec("SET search_path = app") // want `^SET search_path: .*, on every new connection \(OnConnect\); `
		return err
	}
}

// What runs in a package that is not seen here is found at the hook.
func other(c *pgxpool.Config) {
	c.AfterConnect = lib.Prepare // want `^AfterConnect runs SET idle_session_timeout: .*, on every new connection; `
}

func direct(c *pgxpool.Config) {
	c.AfterConnect = func(ctx context.Context, c *pgx.Conn) error { // want `^AfterConnect runs SET idle_session_timeout: .*, on every new connection; `
		return lib.Prepare(ctx, c)
	}
}

// A hook that changes nothing, and a statement that no hook runs.
func quiet(c *pgxpool.Config) {
	c.AfterConnect = func(ctx context.Context, c *pgx.Conn) error { return c.Ping(ctx) }
}

func unhooked(ctx context.Context, c *pgx.Conn) {
	c.Exec(ctx, "SET work_mem = '1GB'") // want `^SET work_mem: leaks to other clients behind PgBouncer 1\.26; `
}

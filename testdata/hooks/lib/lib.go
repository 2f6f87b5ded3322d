// Package lib changes the session for others.
package lib

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func Prepare(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SET idle_session_timeout = '1min'") // want `^SET idle_session_timeout: leaks to other clients behind PgBouncer 1\.26; `
	return err
}

package app

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/poolvet/poolvet/testdata/defaults/conf"
)

func connect(ctx context.Context, c conf.Config) {
	pgx.Connect(ctx, c.DSN) // want `statement_timeout in the connection string: is refused by PgBouncer 1.18, so that no connection is made, unless another connection string is given`
}

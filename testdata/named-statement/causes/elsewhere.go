package causes

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/poolvet/poolvet/testdata/named-statement/causes/conf"
)

// The package that makes the string may set the mode in it.
func made(ctx context.Context, c conf.Config, schema string) {
	pgx.Connect(ctx, c.DSN())
	url := c.DSN()
	pgx.Connect(ctx, url+"&connect_timeout=5")
}

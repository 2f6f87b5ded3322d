// Package app uses pools that another package says are direct.
package app

import (
	"context"

	"github.com/poolvet/poolvet/testdata/direct/pools"
)

func use(ctx context.Context, p *pools.Pools) {
	p.Direct.Exec(ctx, "LISTEN a")
	p.Main.Exec(ctx, "LISTEN b") // want `LISTEN b: hears nothing`
	pools.Listener.Exec(ctx, "LISTEN c")
	conn, _ := pools.Listener.Acquire(ctx)
	conn.Exec(ctx, "SET LOCAL jit = off")
	pool, _ := pools.NewDirect(ctx, "postgres://h:5432/x")
	pool.Exec(ctx, "LISTEN d")
}

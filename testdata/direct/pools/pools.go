// Package pools has pools of both kinds.
package pools

import (
	"context"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Pools are all that there are.
type Pools struct {
	Main *pgxpool.Pool
	//poolvet:direct -- port 5432
	Direct *pgxpool.Pool
}

// NewDirect opens past the pooler.
//
//poolvet:direct -- port 5432
func NewDirect(ctx context.Context, url string) (*pgxpool.Pool, error) { return pgxpool.New(ctx, url) }

// Listener is one.
//
//poolvet:direct -- port 5432
var Listener *pgxpool.Pool

func (p *Pools) listen(ctx context.Context) {
	conn, _ := p.Direct.Acquire(ctx)
	conn.Exec(ctx, "LISTEN a")
	other, _ := p.Main.Acquire(ctx)
	other.Exec(ctx, "LISTEN b") // want `LISTEN b: hears nothing`
}

func opened(ctx context.Context) {
	pool, _ := NewDirect(ctx, "postgres://h:5432/x")
	pool.Exec(ctx, "LISTEN c")
	pool.Query(ctx, "SELECT $1", 1)
}

func filled(ctx context.Context) *Pools {
	p := new(Pools)
	p.Direct, _ = pgxpool.New(ctx, os.Getenv("DIRECT"))
	p.Main, _ = pgxpool.New(ctx, os.Getenv("MAIN")) // want `pgxpool.New with the default query mode`
	return p
}

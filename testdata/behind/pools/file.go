//poolvet:pooler odyssey -- all that stands in this file

package pools

import (
	"context"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Reports is behind Odyssey, wherever it is used.
var Reports, _ = pgxpool.New(context.Background(), os.Getenv("REPORTS"))

func inFile(ctx context.Context, p *Pools) {
	conn, _ := pgx.Connect(ctx, os.Getenv("REPORTS"))
	conn.Exec(ctx, "SET ROLE a") // want `SET ROLE: is lost behind Odyssey`
	p.Direct.Exec(ctx, "SET ROLE a")
	acquired, _ := p.Direct.Acquire(ctx)
	acquired.Exec(ctx, "SET ROLE a")
}

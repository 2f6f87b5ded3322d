package sqlprepare

import (
	"context"

	pgx4 "github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const byHand = "by_hand"

func deallocate(ctx context.Context, c *pgx.Conn, old *pgx4.Conn, p *pgxpool.Conn, name string) {
	c.DeallocateAll(ctx)                          // want `^c\.DeallocateAll: pins the connection behind RDS Proxy \(pgx sends it as SQL\).*\(sql-prepare\)$`
	p.Conn().DeallocateAll(ctx)                   // want `DeallocateAll.*\(sql-prepare\)`
	old.Deallocate(ctx, name)                     // want `old\.Deallocate.*\(sql-prepare\)`
	c.Exec(ctx, "PREPARE "+byHand+" AS SELECT 1") // want `PREPARE by_hand.*\(sql-prepare\)`
	c.Deallocate(ctx, byHand)                     // want `c\.Deallocate of by_hand.*was prepared by SQL.*\(sql-prepare\)`
	p.Conn().PgConn().Deallocate(ctx, "by_hand")  // want `Deallocate of by_hand.*\(sql-prepare\)`
	c.Deallocate(ctx, "by_pgx")
	c.Deallocate(ctx, name)
}

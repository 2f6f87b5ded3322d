// Package app uses the pools of another package.
package app

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/behind/analytics"
	"github.com/poolvet/poolvet/testdata/behind/pools"
)

type server struct {
	pools *pools.Pools
	stats *pgxpool.Pool
}

func newServer(ctx context.Context, p *pools.Pools) *server {
	stats, _ := pools.NewAnalytics(ctx)
	return &server{p, stats}
}

func (s *server) run(ctx context.Context) {
	s.pools.Main.Exec(ctx, "SET ROLE a")      // want `SET ROLE: pins the connection behind RDS Proxy`
	s.pools.Analytics.Exec(ctx, "SET ROLE a") // want `SET ROLE: leaks behind PgBouncer 1.18`
	s.pools.Direct.Exec(ctx, "SET ROLE a")
	s.stats.Exec(ctx, "SET ROLE a")       // want `SET ROLE: leaks behind PgBouncer 1.18`
	pools.Reports.Exec(ctx, "SET ROLE a") // want `SET ROLE: is lost behind Odyssey`
	reports, _ := analytics.Open(ctx, "")
	reports.Exec(ctx, "SET ROLE a") // want `SET ROLE: leaks behind PgBouncer 1.21`
	main, _ := pools.NewMain(ctx)
	main.Exec(ctx, "SET ROLE a") // want `SET ROLE: pins the connection behind RDS Proxy`
}

// Wide is of a folder that a pattern is for.
func Wide(ctx context.Context, db *pgxpool.Pool) { db.Exec(ctx, "SET ROLE a") } // want `SET ROLE: pins the connection behind RDS Proxy`

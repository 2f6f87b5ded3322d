package setparameter

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func forks(ctx context.Context, c *pgx.Conn) {
	c.Exec(ctx, "SET yb_enable_upsert_mode TO true") // want `SET yb_enable_upsert_mode.*\(set-parameter\)`
	c.Exec(ctx, "SET apg_enable_not_in_transform=1") // want `SET apg_enable_not_in_transform.*\(set-parameter\)`
	c.Exec(ctx, "SET gp_autostats_mode = none")      // want `SET gp_autostats_mode.*\(set-parameter\)`
	c.Exec(ctx, "RESET edb_redwood_date")            // want `RESET edb_redwood_date.*\(set-parameter\)`
	c.Exec(ctx, "SET aurora_parallel_query = 'ON'")  // a variable of Aurora MySQL
	c.Exec(ctx, "SET my_app_tenant = 'on'")          // PostgreSQL refuses it
}

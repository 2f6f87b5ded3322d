package traced

import (
	"context"
	"fmt"

	"github.com/lib/pq"
)

func (s *store) setTenant(ctx context.Context, id string) error {
	return s.run(ctx, "SELECT set_config('app.tenant', $1, false)", id)
}

func (s *store) useSchema(ctx context.Context, name string) error {
	return s.run(ctx, fmt.Sprintf("SET search_path TO %s, pg_catalog", pq.QuoteIdentifier(name)))
}

// enter changes the session by a function of schema.sql.
func (s *store) enter(ctx context.Context, id string) error {
	return s.run(ctx, "SELECT enter_tenant($1)", id)
}

func (s *store) actAs(ctx context.Context, role string) error {
	return s.run(ctx, "SET ROLE "+pq.QuoteIdentifier(role))
}

func (s *store) totals(ctx context.Context) error {
	return s.run(ctx, `
		CREATE TEMP TABLE totals AS
		SELECT tenant, sum(total) AS total FROM orders GROUP BY tenant`)
}

func (s *store) planSlowly(ctx context.Context) error {
	return s.run(ctx, "SET jit = off; SELECT count(*) FROM orders; RESET jit")
}

package hiddenstate

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Defining a function is harmless, and so is what ends with the block's
// transaction.
func good(ctx context.Context, pool *pgxpool.Pool) {
	pool.Exec(ctx, `DO $$ BEGIN
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tenant') THEN
			CREATE ROLE tenant;
		END IF;
	END $$`)
	pool.Exec(ctx, `DO $$ BEGIN PERFORM pg_advisory_xact_lock(42); SET LOCAL lock_timeout = '1s'; END $$`)
	pool.Exec(ctx, `CREATE OR REPLACE FUNCTION become(tenant text) RETURNS void LANGUAGE plpgsql AS $$
		BEGIN
			PERFORM set_config('app.tenant', tenant, false);
			SET ROLE tenant;
		END $$`)
	pool.Exec(ctx, `CREATE PROCEDURE seed() LANGUAGE sql AS $$ SELECT setval('order_numbers', 1) $$`)
}

package hiddenstate // want package:"sessionChanges" package:"defined"

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

func blocks(ctx context.Context, db *sql.DB, pool *pgxpool.Pool, role string) {
	db.Exec("DO $$ BEGIN PERFORM set_config('app.tenant', 't1', false); END $$")                  // want `\(hidden-state\)`
	db.Exec("DO $$ BEGIN SET search_path TO app; END $$")                                         // want `\(hidden-state\)`
	db.Exec("DO LANGUAGE plpgsql $body$ BEGIN EXECUTE 'SET ROLE auditor'; END $body$")            // want `\(hidden-state\)`
	pool.Exec(ctx, "DO $$ BEGIN CREATE TEMP TABLE staging (id int); END $$")                      // want `\(hidden-state\)`
	pool.Exec(ctx, "DO $$ BEGIN PERFORM pg_advisory_lock(42); END $$")                            // want `\(hidden-state\)`
	pool.Exec(ctx, fmt.Sprintf("DO $$ BEGIN EXECUTE format('SET ROLE %%I', '%s'); END $$", role)) // want `\(hidden-state\)`
}

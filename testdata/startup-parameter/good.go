package startupparameter

import (
	"context"
	"database/sql"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// What PgBouncer tracks, and what the driver reads itself.
func tracked(ctx context.Context) {
	pgx.Connect(ctx, "postgres://db/app?application_name=app&timezone=UTC&sslmode=disable&target_session_attrs=read-write&"+mode)
	pgxpool.New(ctx, "host=db client_encoding=UTF8 pool_max_conns=4 connect_timeout=5 "+mode)
	sql.Open("postgres", "host=db datestyle='ISO, MDY' fallback_application_name=app binary_parameters=yes")
}

// To take one away is no harm.
func removed(ctx context.Context) {
	config, _ := pgx.ParseConfig(os.Getenv("DATABASE"))
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	delete(config.RuntimeParams, "search_path")
	config.RuntimeParams["client_encoding"] = "UTF8"
	pgx.ConnectConfig(ctx, config)
}

// What no driver would read, or what may be part of a password, is no key.
func malformed(ctx context.Context) {
	pgx.Connect(ctx, "postgres://app:1234?search_path=x@db/app&"+mode) // want `\(named-statement\)`
	pgx.Connect(ctx, "host=db password='open search_path=x")           // want `\(named-statement\)`
}

// A map that is no configuration's.
func other() {
	params := map[string]string{}
	params["search_path"] = "app"
}

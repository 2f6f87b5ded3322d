// Package strictpgbouncer is behind the newest PgBouncer, with -strict.
package strictpgbouncer

import (
	"context"

	"github.com/jackc/pgx/v4/pgxpool"
)

// PgBouncer keeps its named statements, and not what it removes by SQL.
func open(ctx context.Context) (*pgxpool.Pool, error) {
	return pgxpool.Connect(ctx, "postgres://app@db/app") // want `the default statement cache of pgx v4: fails behind PgBouncer 1.26 once more texts are prepared than the cache holds; set statement_cache_mode=describe.*\(named-statement\)`
}

func described(ctx context.Context) (*pgxpool.Pool, error) {
	return pgxpool.Connect(ctx, "postgres://app@db/app?statement_cache_mode=describe")
}

// Package fallback opens its own configuration as others open theirs.
package fallback

import (
	"context"
	"database/sql"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// ReadConfig is this package's, and OpenConfig's is its callers': what they give
// to one says nothing of the other.
func ReadConfig() (*pgx.ConnConfig, error) {
	return pgx.ParseConfig(os.Getenv("DATABASE_URL")) // want `pgx.ParseConfig with the default query mode.*\(named-statement\)`
}

func OpenConfig(config pgx.ConnConfig) *sql.DB { return openConfig(context.Background(), config) }

func OpenDefault() (*sql.DB, error) {
	config, err := ReadConfig()
	if err != nil {
		return nil, err
	}
	return openConfig(context.Background(), *config), nil
}

func openConfig(ctx context.Context, config pgx.ConnConfig) *sql.DB {
	db := stdlib.OpenDB(config)
	if err := db.PingContext(ctx); err != nil {
		return nil
	}
	return db
}

package fixpgxpool

import (
	"context"
	"log"

	"github.com/jackc/pgx/v5/pgxpool"
)

func open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url) // want `named-statement`
	if err != nil {
		return nil, err
	}
	config.MaxConns = 20
	return pgxpool.NewWithConfig(ctx, config)
}

func unhandled(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url) // want `named-statement`
	if err != nil {
		log.Print(err)
	}
	return pgxpool.NewWithConfig(ctx, config)
}

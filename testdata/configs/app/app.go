// Package app makes configurations, and hands them to what opens with them.
package app

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/configs/store"
)

func open(ctx context.Context, dsn string) (*store.Store, error) {
	config, err := pgxpool.ParseConfig(dsn) // want `pgxpool.ParseConfig with the default query mode, cache_statement.*, unless`
	if err != nil {
		return nil, err
	}
	store.Log(config.ConnConfig)
	return store.New(ctx, config)
}

func openHere(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn) // want `pgxpool.ParseConfig with the default query mode, cache_statement.*, unless`
	if err != nil {
		return nil, err
	}
	store.Log(config.ConnConfig)
	return pgxpool.NewWithConfig(ctx, config)
}

func openSafe(ctx context.Context, dsn string) (*store.Store, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	return store.NewSafe(ctx, config)
}

func openTuned(ctx context.Context, dsn string) (*store.Store, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	store.Tune(config.ConnConfig)
	return store.New(ctx, config)
}

func check(ctx context.Context, dsn string) error {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return err
	}
	return store.Check(ctx, config.ConnConfig)
}

func show(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	return store.NewShown(config).Open(ctx)
}

package listener

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

func wording(ctx context.Context, pool *pgxpool.Pool) (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(pool), &river.Config{Queues: map[string]river.QueueConfig{"default": {MaxWorkers: 1}}}) // want `^river\.NewClient: hears nothing behind PgBouncer 1\.18, without an error; set PollOnly: true in river\.Config, or give river a direct connection \(listener\)$`
}

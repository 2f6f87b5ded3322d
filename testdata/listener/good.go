package listener

import (
	"crypto/tls"
	"net"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// A client that polls, and one that only inserts.
func quiet(pool *pgxpool.Pool, workers *river.Workers, inner net.Listener) {
	config := &river.Config{Workers: workers}
	config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 100}}
	config.PollOnly = true
	river.NewClient(riverpgxv5.New(pool), config)
	river.NewClient(riverpgxv5.New(pool), &river.Config{})
	tls.NewListener(inner, nil)
}

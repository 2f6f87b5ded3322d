package fixothers

import (
	"context"

	pgx4 "github.com/jackc/pgx/v4"
	"github.com/lib/pq"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

func pgxv4(ctx context.Context) {
	pgx4.Connect(ctx, "postgres://db/app")                    // want `named-statement`
	pgx4.Connect(ctx, "host=db statement_cache_mode=prepare") // want `named-statement`
	pgx4.Connect(ctx, "host=db statement_cache_capacity=0")   // want `split-statement`
}

func jobs(driver *riverpgxv5.Driver) {
	river.NewClient(driver, &river.Config{ // want `listener`
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 10}},
	})
}

func startup() {
	pq.NewConnector("host=db binary_parameters=yes statement_timeout=5s")   // want `ALTER ROLE … SET statement_timeout = '5s' \(startup-parameter\)`
	pq.NewConnector("host=db binary_parameters=yes search_path=app,public") // want `ALTER ROLE … SET search_path = app,public \(startup-parameter\)`
}

// A configuration that another reads has no fix.
func shared(driver *riverpgxv5.Driver) {
	config := &river.Config{Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 10}}}
	river.NewClient(driver, config) // want `listener`
	jobsOf(config)
}

func jobsOf(*river.Config) {}

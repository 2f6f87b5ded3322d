package main

import (
	"context"
	"log"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/lib/pq"
)

// listenForOrders logs each order as it is made.
func listenForOrders(ctx context.Context, databaseURL string) {
	listener := pq.NewListener(databaseURL, time.Second, time.Minute, nil)
	defer listener.Close()
	if err := listener.Listen("orders"); err != nil {
		log.Printf("listen: %v", err)
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-listener.Notify:
			if n != nil {
				log.Printf("new order of %s", n.Extra)
			}
		}
	}
}

const reportLock = 7341

func runReports(ctx context.Context, pool *pgxpool.Pool) {
	for range time.Tick(time.Hour) {
		if err := report(ctx, pool); err != nil {
			log.Printf("report: %v", err)
		}
		if err := purge(ctx, pool); err != nil {
			log.Printf("purge: %v", err)
		}
	}
}

// report must run in one instance at a time.
func report(ctx context.Context, pool *pgxpool.Pool) error {
	var locked bool
	if err := pool.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", reportLock).Scan(&locked); err != nil || !locked {
		return err
	}
	defer pool.Exec(ctx, "SELECT pg_advisory_unlock($1)", reportLock)
	_, err := pool.Exec(ctx, `
		CREATE TEMP TABLE totals AS SELECT tenant, sum(total) AS total FROM orders GROUP BY tenant;
		INSERT INTO reports (tenant, total) SELECT tenant, total FROM totals`)
	return err
}

// purge takes a lock that ends with its transaction.
func purge(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var locked bool
		if err := tx.QueryRow(ctx, "SELECT pg_try_advisory_xact_lock($1)", reportLock).Scan(&locked); err != nil || !locked {
			return err
		}
		_, err := tx.Exec(ctx, "DELETE FROM reports WHERE created < now() - interval '90 days'")
		return err
	})
}

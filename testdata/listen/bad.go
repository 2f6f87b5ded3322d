package listen // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const channel = "orders"

const listenOrders = "LISTEN " + channel // want `LISTEN orders.*\(listen\)`

func subscribe(ctx context.Context, pool *pgxpool.Pool, topics []string) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, listenOrders); err != nil {
		return err
	}
	for _, topic := range topics {
		if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{topic}.Sanitize()); err != nil { // want `LISTEN.*\(listen\)`
			return err
		}
	}
	_, err = conn.Exec(ctx, `LISTEN "shop.orders"; LISTEN items`) // want `LISTEN "?shop.orders.*\(listen\)` `LISTEN items.*\(listen\)`
	return err
}

func unsubscribe(ctx context.Context, conn *pgx.Conn, topic string) {
	conn.Exec(ctx, "UNLISTEN "+strconv.Quote(topic)) // want `UNLISTEN.*\(listen\)`
	conn.Exec(ctx, "UNLISTEN *")                     // want `UNLISTEN \*.*\(listen\)`
}

func acquired(ctx context.Context, pool *pgxpool.Pool, topic string) error {
	return pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		_, err := conn.Exec(ctx, fmt.Sprintf("LISTEN %q", topic)) // want `LISTEN.*\(listen\)`
		return err
	})
}

func raw(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "listen "+channel) // want `(?i)listen orders.*\(listen\)`
	return err
}

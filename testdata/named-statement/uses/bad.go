// Package uses opens pgx, which names what has rows or arguments. It is judged
// behind PgBouncer 1.18.
package uses

import (
	"context"
	"database/sql"

	pgx4 "github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

func rows(ctx context.Context, url string) (n int, err error) {
	conn, err := pgx.Connect(ctx, url) // want `pgx.Connect with the default query mode.*\(named-statement\)`
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, "SELECT 1").Scan(&n)
	return n, err
}

// A name outlives its transaction.
func inTx(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url) // want `\(named-statement\)`
	if err != nil {
		return err
	}
	defer pool.Close()
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM t WHERE id = $1", 1)
		return err
	})
}

func copies(ctx context.Context, url string, rows pgx.CopyFromSource) error {
	pool, err := pgxpool.New(ctx, url) // want `\(named-statement\)`
	if err != nil {
		return err
	}
	_, err = pool.CopyFrom(ctx, pgx.Identifier{"t"}, []string{"a"}, rows)
	return err
}

// The first pool of the configuration is pinged only, the second is used.
func two(ctx context.Context, url string) error {
	config, err := pgxpool.ParseConfig(url) // want `pgxpool.ParseConfig with.*\(named-statement\)`
	if err != nil {
		return err
	}
	first, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	if err := first.Ping(ctx); err != nil {
		return err
	}
	second, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	_, err = second.Exec(ctx, "DELETE FROM t WHERE id = $1", 1)
	return err
}

// A hook runs what it likes.
func hooked(ctx context.Context, url string) error {
	config, err := pgxpool.ParseConfig(url) // want `\(named-statement\)`
	if err != nil {
		return err
	}
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.LoadType(ctx, "mood")
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

func std(url string, id int) error {
	config, err := pgx.ParseConfig(url) // want `\(named-statement\)`
	if err != nil {
		return err
	}
	db, err := sql.Open("pgx", stdlib.RegisterConnConfig(config))
	if err != nil {
		return err
	}
	_, err = db.Exec("DELETE FROM t WHERE id = $1", id)
	return err
}

func v4(ctx context.Context, url string) error {
	conn, err := pgx4.Connect(ctx, url) // want `\(named-statement\)`
	if err != nil {
		return err
	}
	return conn.BeginFunc(ctx, func(tx pgx4.Tx) error {
		rows, err := tx.Query(ctx, "SELECT 1")
		if err == nil {
			rows.Close()
		}
		return err
	})
}

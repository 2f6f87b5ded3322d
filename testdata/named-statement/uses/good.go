package uses

import (
	"context"
	"database/sql"

	pgx4 "github.com/jackc/pgx/v4"
	pgxpool4 "github.com/jackc/pgx/v4/pgxpool"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

func reachable(ctx context.Context, url string) bool {
	conn, err := pgx4.Connect(ctx, url)
	if err != nil {
		return false
	}
	conn.Close(ctx)
	return true
}

// Without rows and arguments it is the simple protocol.
func created(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS app"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func pinged(ctx context.Context, url string) error {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

func stdPinged(url string) error {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

func acquired(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return err
	}
	return pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		_, err := conn.Exec(ctx, "VACUUM")
		return err
	})
}

func fromPool(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return err
	}
	return stdlib.OpenDBFromPool(pool).PingContext(ctx)
}

// What v4's COPY describes has no name.
func describes(ctx context.Context, url string, rows pgx4.CopyFromSource) error {
	pool, err := pgxpool4.Connect(ctx, url)
	if err != nil {
		return err
	}
	_, err = pool.CopyFrom(ctx, pgx4.Identifier{"t"}, []string{"a"}, rows)
	return err
}

// Every query has a mode of its own.
func modes(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return err
	}
	_, err = pool.Exec(ctx, "DELETE FROM t WHERE id = $1", pgx.QueryExecModeExec, 1)
	return err
}

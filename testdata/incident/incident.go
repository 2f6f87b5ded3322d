// Package incident has what Go programs do that is asyncpg's jit toggle over again:
// a statement for each new connection, or each time that one is lent, that no one
// sees in the code that uses the pool.
package incident

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"
	"github.com/uptrace/bun/driver/pgdriver"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// onConnect is the toggle itself: once for each new connection.
func onConnect(config *pgxpool.Config) {
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SELECT set_config('jit', 'off', false)")
		return err
	}
}

// onAcquire pays for it each time that a connection is lent.
func onAcquire(config *pgxpool.Config) {
	config.PrepareConn = func(ctx context.Context, conn *pgx.Conn) (bool, error) {
		_, err := conn.Exec(ctx, "SET search_path TO shop")
		return err == nil, err
	}
}

// onReset is what database/sql calls before it lends a connection again.
func onReset(config *pgx.ConnConfig) *sql.DB {
	return stdlib.OpenDB(*config, stdlib.OptionResetSession(func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "RESET ALL")
		return err
	}))
}

// atStartup asks for the setting in the startup message.
func atStartup(config *pgx.ConnConfig) {
	config.RuntimeParams["jit"] = "off"
}

func inTheURL() (*sql.DB, error) {
	return sql.Open("postgres", "postgres://app@proxy.example:5432/shop?options=-c%20jit%3Doff")
}

func timeoutInTheURL(ctx context.Context) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, "postgres://app@proxy.example:5432/shop?statement_timeout=5s")
}

// types asks for the types of the database, as asyncpg does; it sets nothing.
func types(config *pgxpool.Config) {
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		all, err := conn.LoadTypes(ctx, []string{"mood", "_mood"})
		if err != nil {
			return err
		}
		conn.TypeMap().RegisterTypes(all)
		return nil
	}
}

// withPq splits each query with arguments over two messages.
func withPq(ctx context.Context, id int64) (name string, err error) {
	db, err := sql.Open("postgres", "postgres://app@proxy.example:5432/shop")
	if err != nil {
		return "", err
	}
	return name, db.QueryRowContext(ctx, "SELECT name FROM customers WHERE id = $1", id).Scan(&name)
}

func withGorm() (*gorm.DB, error) {
	db, err := gorm.Open(postgres.Open("host=proxy.example dbname=shop"))
	if err != nil {
		return nil, err
	}
	return db, db.Exec("SET jit = off").Error
}

func withBun() *sql.DB {
	return sql.OpenDB(pgdriver.NewConnector(
		pgdriver.WithDSN("postgres://app@proxy.example:5432/shop"),
		pgdriver.WithConnParams(map[string]any{"jit": "off"}),
	))
}

// quiet wraps a connector, for ent's sql.OpenDB as for any other.
type quiet struct{ driver.Connector }

func (q quiet) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := q.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	_, err = conn.(driver.ExecerContext).ExecContext(ctx, "SET jit = off", nil)
	return conn, err
}

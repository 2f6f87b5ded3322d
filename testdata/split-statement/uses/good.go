package uses

import (
	"context"
	"database/sql"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// Opened to see whether it can be.
func valid(dsn string) error {
	_, err := sql.Open("postgres", dsn)
	return err
}

func reachable(ctx context.Context, dsn string) bool {
	db, err := sqlx.ConnectContext(ctx, "postgres", dsn)
	if err != nil {
		return false
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	return db.PingContext(ctx) == nil
}

// Text alone goes by the simple protocol.
func create(dsn, name string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec("CREATE DATABASE " + pq.QuoteIdentifier(name)); err != nil {
		return err
	}
	var version string
	return db.QueryRow("SELECT version()").Scan(&version)
}

// In a transaction every round trip meets the same server.
func transfer(ctx context.Context, dsn string, id int) error {
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := remove(ctx, tx, id); err != nil {
		return err
	}
	return tx.Commit()
}

func remove(ctx context.Context, tx *sqlx.Tx, id int) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM t WHERE id = $1", id)
	return err
}

// A helper whose calls give it no arguments, over a field.
type admin struct{ db *sql.DB }

func (a *admin) run(query string, args ...any) error { // want query:"carriesSQL"
	_, err := a.db.Exec(query, args...)
	return err
}

func (a *admin) Vacuum() error { return a.run("VACUUM") }

func (a *admin) Close() error { return a.db.Close() }

func NewAdmin(dsn string) (*admin, error) {
	db, err := opened(dsn)
	if err != nil {
		return nil, err
	}
	return &admin{db: db}, nil
}

func opened(dsn string) (db *sql.DB, err error) {
	db, err = sql.Open("postgres", dsn)
	return
}

// A connector for a pool that is pinged until it answers.
func await(dsn string) error {
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	for db.Ping() != nil {
		time.Sleep(time.Second)
	}
	return nil
}

// goose binds arguments in its transactions, bun writes them into the text.
func up(dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return goose.Up(db, "migrations")
}

func Bun(dsn string) (*bun.DB, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return bun.NewDB(db, pgdialect.New()), nil
}

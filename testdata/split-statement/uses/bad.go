// want package:"connects"

// Package uses opens lib/pq, which splits what has arguments and stands in no
// transaction. It is judged behind PgBouncer 1.18.
package uses

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"github.com/golang-migrate/migrate/v4/database/postgres"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

func queried(dsn, name string) (n int, err error) {
	db, err := sql.Open("postgres", dsn) // want `sql.Open with the default of lib/pq.*\(split-statement\)`
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("SELECT count(*) FROM t WHERE name = $1", name).Scan(&n)
	return n, err
}

// On a connection of the pool, beside a transaction that is safe.
func reserved(ctx context.Context, dsn string) error {
	db, err := sql.Open("postgres", dsn) // want `\(split-statement\)`
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM t WHERE id = $1", 1); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "DELETE FROM t WHERE id = $1", 2)
	return err
}

type store struct{ db *sqlx.DB }

// Through a field, a method that passes arguments on, and a call of it.
func newStore() (*store, error) {
	db, err := sqlx.Connect("postgres", os.Getenv("STORE")) // want `\(split-statement\)`
	if err != nil {
		return nil, err
	}
	return &store{db: db}, nil
}

func (s *store) all(dest any, query string, args ...any) error { // want query:"carriesSQL"
	return s.db.Select(dest, query, args...)
}

func (s *store) named(dest any, name string) error {
	return s.all(dest, "SELECT * FROM t WHERE name = $1", name)
}

// Through a package variable, an interface and a function.
var shared *sql.DB

type execer interface {
	Exec(query string, args ...any) (sql.Result, error)
}

func open() (err error) {
	shared, err = sql.Open("postgres", os.Getenv("SHARED")) // want `\(split-statement\)`
	return err
}

func write(e execer, id int) error {
	_, err := e.Exec("INSERT INTO t VALUES ($1)", id)
	return err
}

func writeShared() error { return write(shared, 1) }

// Connector, pool.
func connector(id int) error {
	c, err := pq.NewConnector(os.Getenv("CONNECTOR")) // want `pq.NewConnector with.*\(split-statement\)`
	if err != nil {
		return err
	}
	db := sql.OpenDB(c)
	defer db.Close()
	return write(db, id)
}

// Others may do anything with it.
func Returned(dsn string) (*sql.DB, error) {
	return sql.Open("postgres", dsn) // want `\(split-statement\)`
}

type Exported struct{ DB *sql.DB }

func inField(dsn string) (*Exported, error) {
	db, err := sql.Open("postgres", dsn) // want `\(split-statement\)`
	return &Exported{DB: db}, err
}

type embeds struct{ *sql.DB }

func embedded(dsn string) (*embeds, error) {
	db, err := sql.Open("postgres", dsn) // want `\(split-statement\)`
	return &embeds{db}, err
}

func inMap(dsns map[string]string) (map[string]*sql.DB, error) {
	dbs := map[string]*sql.DB{}
	for name, dsn := range dsns {
		db, err := sql.Open("postgres", dsn) // want `\(split-statement\)`
		if err != nil {
			return nil, err
		}
		dbs[name] = db
	}
	return dbs, nil
}

func toCallback(dsn string, do func(*sql.DB) error) error {
	db, err := sql.Open("postgres", dsn) // want `\(split-statement\)`
	if err != nil {
		return err
	}
	return do(db)
}

// golang-migrate binds the number of its lock.
func migrated(dsn string) error {
	db, err := sql.Open("postgres", dsn) // want `\(split-statement\)`
	if err != nil {
		return err
	}
	_, err = postgres.WithInstance(db, &postgres.Config{}) // want `\(migration-lock\)`
	return err
}

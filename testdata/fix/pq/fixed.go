package fixpq

import (
	"context"
	"database/sql"
	"time"

	"github.com/lib/pq"
)

// Here is lib/pq with handles of which all that they bind is seen, and is sent
// the same way with binary_parameters.

func url(id int) error {
	db, err := sql.Open("postgres", "postgres://db/app?sslmode=disable") // want `; set binary_parameters=yes \(split-statement\)`
	if err != nil {
		return err
	}
	defer db.Close()
	return db.QueryRow("SELECT name FROM users WHERE id = $1", id).Err()
}

func connector(ctx context.Context, name *string, at time.Time, known bool) error {
	c, err := pq.NewConnector("host=db binary_parameters=no") // want `; set binary_parameters=yes \(split-statement\)`
	if err != nil {
		return err
	}
	db := sql.OpenDB(c)
	_, err = db.ExecContext(ctx, "INSERT INTO users VALUES ($1, $2, $3, $4, $5)", name, at, known, nil, sql.NullString{})
	return err
}

func config(id int) error {
	c, err := pq.NewConnectorConfig(pq.Config{ // want `; set binary_parameters=yes \(split-statement\)`
		Host: "db",
		Port: 5432,
	})
	if err != nil {
		return err
	}
	return exists(sql.OpenDB(c), id)
}

func exists(db *sql.DB, id int) error {
	return db.QueryRow("SELECT 1 FROM users WHERE id = $1", id).Err()
}

func said(id int) error {
	c, err := pq.NewConnectorConfig(pq.Config{Host: "db", BinaryParameters: false}) // want `; set binary_parameters=yes \(split-statement\)`
	if err != nil {
		return err
	}
	return exists(sql.OpenDB(c), id)
}

// Store keeps its handle to itself.
type Store struct{ db *sql.DB }

func New() (*Store, error) {
	db, err := sql.Open("postgres", "host=db") // want `; set binary_parameters=yes \(split-statement\)`
	if err != nil {
		return nil, err
	}
	return &Store{db: db}, nil
}

func (s *Store) Rename(ctx context.Context, id int64, name string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := s.db.ExecContext(ctx, "UPDATE users SET name = $2 WHERE id = $1", id, name); err != nil {
		return err
	}
	return tx.Commit()
}

func startup() {
	pq.NewConnector("host=db binary_parameters=yes statement_timeout=5s")   // want `ALTER ROLE … SET statement_timeout = '5s' \(startup-parameter\)`
	pq.NewConnector("host=db binary_parameters=yes search_path=app,public") // want `ALTER ROLE … SET search_path = app,public \(startup-parameter\)`
}

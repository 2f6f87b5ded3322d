package fixpq

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"os"

	"github.com/lib/pq"
)

// Here are handles that may bind []byte for jsonb, which fails with
// binary_parameters: "unsupported jsonb version number 123".

type document struct{ body []byte }

func (d document) Value() (driver.Value, error) { return d.body, nil }

type text string

func (t text) Value() (driver.Value, error) { return []byte(t), nil }

func bytes(doc []byte) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO docs (doc) VALUES ($1)", doc)
	return err
}

func raw(doc json.RawMessage) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO docs (doc) VALUES ($1)", doc)
	return err
}

func anything(doc any) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO docs (doc) VALUES ($1)", doc)
	return err
}

func valuer(doc document) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO docs (doc) VALUES ($1)", doc)
	return err
}

func array(ids []int64) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO docs (doc) VALUES ($1)", pq.Array(ids))
	return err
}

func spread(args ...any) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO docs (doc) VALUES ($1)", args...)
	return err
}

func kind(doc text) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO docs (doc) VALUES ($1)", doc)
	return err
}

func prepared(doc []byte) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	db.Exec("SELECT $1", 1)
	stmt, err := db.Prepare("INSERT INTO docs (doc) VALUES ($1)") // want `named-statement`
	if err != nil {
		return err
	}
	_, err = stmt.Exec(doc)
	return err
}

func elsewhere(run func(*sql.DB) error) error {
	db, err := sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
	if err != nil {
		return err
	}
	return run(db)
}

// Open hands its handle to whoever imports the package.
func Open() (*sql.DB, error) {
	return sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`
}

var Shared, _ = sql.Open("postgres", "host=db") // want `once no query is passed \[\]byte for jsonb`

func connected() driver.Connector {
	c, _ := pq.NewConnector("host=db") // want `once no query is passed \[\]byte for jsonb`
	return c
}

var _ driver.Connector = connected()

// A string that is not known in full says what the operator wants.
func operators(ctx context.Context, id int) error {
	db, err := sql.Open("postgres", os.Getenv("DATABASE_URL")) // want `split-statement`
	if err != nil {
		return err
	}
	return exists(db, id)
}

// So does a file of services.
func service(id int) error {
	db, err := sql.Open("postgres", "service=app") // want `split-statement`
	if err != nil {
		return err
	}
	return exists(db, id)
}

// A configuration that another is made of.
func template(id int) error {
	base := pq.Config{Host: "db"}
	c, err := pq.NewConnectorConfig(base) // want `split-statement`
	if err != nil {
		return err
	}
	use(base)
	return exists(sql.OpenDB(c), id)
}

func use(pq.Config) {}

// Package gopg opens as go-pg's README does. It sends every query in the
// simple protocol, so that nothing is wrong with it.
package gopg

import "github.com/go-pg/pg/v10"

func readme() *pg.DB {
	db := pg.Connect(&pg.Options{
		User: "postgres",
	})
	return db
}

func url() (*pg.DB, error) {
	opt, err := pg.ParseURL("postgres://user:pass@localhost:5432/db_name?sslmode=disable")
	if err != nil {
		return nil, err
	}
	return pg.Connect(opt), nil
}

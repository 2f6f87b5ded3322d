// Package both links the drivers of two databases. It is judged behind
// PgBouncer 1.18.
package both

import (
	"github.com/golang-migrate/migrate/v4"
	_ "github.com/golang-migrate/migrate/v4/database/postgres"
	_ "github.com/golang-migrate/migrate/v4/database/sqlite3"
	"github.com/golang-migrate/migrate/v4/source"
)

func up(src source.Driver, url string) (*migrate.Migrate, error) {
	return migrate.NewWithSourceInstance("iofs", src, url) // want `migrate.NewWithSourceInstance's session lock: leaks.*\(migration-lock\)`
}

func lite(src source.Driver, path string) (*migrate.Migrate, error) {
	return migrate.NewWithSourceInstance("iofs", src, "sqlite3://"+path)
}

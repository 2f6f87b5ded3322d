package migrationlock

import (
	"database/sql"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database/pgx"
	"github.com/pressly/goose/v3/lock"
)

func tables(db *sql.DB) {
	lock.NewPostgresTableLocker()
	pgx.WithInstance(db, &pgx.Config{LockStrategy: "table"})
	migrate.New("file://migrations", "pgx4://db/app?x-lock-strategy=table")
	migrate.New("file://migrations", "mysql://db/app")
}

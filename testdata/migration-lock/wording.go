package migrationlock

import (
	"database/sql"

	"github.com/golang-migrate/migrate/v4/database/pgx"
	"github.com/golang-migrate/migrate/v4/database/postgres"
	"github.com/pressly/goose/v3/lock"
)

func wording(db *sql.DB) {
	postgres.WithInstance(db, &postgres.Config{}) // want `^postgres\.WithInstance's session lock: leaks to other clients behind PgBouncer 1\.18, so that it excludes no one \(golang-migrate never looks whether the unlock succeeded\); run migrations over a direct connection \(migration-lock\)$`
	pgx.WithInstance(db, &pgx.Config{})           // want `^pgx\.WithInstance's session lock: leaks to other clients behind PgBouncer 1\.18, so that it excludes no one \(golang-migrate never looks whether the unlock succeeded\); set LockStrategy: "table", or run migrations over a direct connection \(migration-lock\)$`
	lock.NewPostgresSessionLocker()               // want `^lock\.NewPostgresSessionLocker's session lock: leaks to other clients behind PgBouncer 1\.18, so that it excludes no one; use NewPostgresTableLocker, or a direct connection \(migration-lock\)$`
}

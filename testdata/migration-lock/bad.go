// want package:"sessionChanges"

// Package migrationlock is judged behind PgBouncer 1.18.
package migrationlock

import (
	"context"
	"database/sql"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database/pgx"
	pgxv5 "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/golang-migrate/migrate/v4/database/postgres"
	pgx5 "github.com/jackc/pgx/v5"
	tern "github.com/jackc/tern/v2/migrate"
	"github.com/pressly/goose/v3/lock"
)

func golangMigrate(db *sql.DB, url string) {
	migrate.New("file://migrations", url)                                            // want `migrate.New's session lock: leaks.*golang-migrate never looks whether the unlock succeeded.*run migrations over a direct connection \(migration-lock\)`
	migrate.New("file://migrations", "postgres://app:secret@db/app?search_path=app") // want `migrate.New.*\(migration-lock\)` `search_path.*\(startup-parameter\)`
	migrate.New("file://migrations", "pgx5://db/app")                                // want `\(migration-lock\)`
	postgres.WithInstance(db, &postgres.Config{})                                    // want `postgres.WithInstance.*\(migration-lock\)`
	pgxv5.WithInstance(db, &pgxv5.Config{})                                          // want `\(migration-lock\)`
	driver, _ := pgx.WithInstance(db, &pgx.Config{})                                 // want `\(migration-lock\)`
	migrate.NewWithDatabaseInstance("file://migrations", "pgx", driver)
}

func others(ctx context.Context, conn *pgx5.Conn) {
	lock.NewPostgresSessionLocker()               // want `NewPostgresTableLocker.*\(migration-lock\)`
	tern.NewMigrator(ctx, conn, "schema_version") // want `tern also runs RESET ALL.*\(migration-lock\)`
}

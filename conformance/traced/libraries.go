package traced

import (
	"context"
	"database/sql"
	"embed"
	"time"

	"github.com/golang-migrate/migrate/v4"
	driver "github.com/golang-migrate/migrate/v4/database/postgres"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/lib/pq"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// withGorm runs a statement by gorm.
func withGorm(ctx context.Context, dsn string) error {
	db, err := gorm.Open(postgres.Open(dsn))
	if err != nil {
		return err
	}
	return readOnly(db.WithContext(ctx))
}

func readOnly(db *gorm.DB) error {
	return db.Exec("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").Error
}

// listener is lib/pq's, which listens by itself.
func listener(ctx context.Context, dsn string) error {
	l := pq.NewListener(dsn, time.Second, time.Second, nil)
	defer l.Close()
	return l.Listen("news")
}

//go:embed migrations
var migrations embed.FS

// migrateUp runs the migrations by golang-migrate, which takes a lock.
func migrateUp(ctx context.Context, dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	files, err := iofs.New(migrations, "migrations")
	if err != nil {
		return err
	}
	to, err := driver.WithInstance(db, &driver.Config{})
	if err != nil {
		return err
	}
	m, err := migrate.NewWithInstance("iofs", files, "postgres", to)
	if err != nil {
		return err
	}
	defer m.Close()
	return m.Up()
}

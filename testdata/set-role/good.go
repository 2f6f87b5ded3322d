package setrole

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"github.com/poolvet/poolvet/testdata/set-role/access"
)

func local(ctx context.Context, tx *sql.Tx, db *gorm.DB) error {
	if _, err := tx.ExecContext(ctx, "SET LOCAL ROLE tenant"); err != nil {
		return err
	}
	return db.Transaction(func(tx *gorm.DB) error {
		return tx.Exec("SET LOCAL ROLE tenant").Error
	})
}

func others(ctx context.Context, pool *pgxpool.Pool, db *gorm.DB, role string) {
	pool.Exec(ctx, "CREATE ROLE tenant NOLOGIN")
	pool.Exec(ctx, "GRANT tenant TO app WITH SET TRUE")
	pool.Exec(ctx, "ALTER ROLE app SET role = 'tenant'")
	pool.Exec(ctx, "UPDATE members SET role = $1", role)
	access.Run(ctx, pool, "SELECT set, role FROM grants")
	access.Collect[string](ctx, pool, "SELECT role FROM members")
	db.Where("role = ?", role).Order("role").Find(&struct{ Role string }{})
}

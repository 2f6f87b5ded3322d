package discard // want package:"sessionChanges"

import (
	"context"
	"database/sql"

	"github.com/go-pg/pg/v10"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

type maintenance struct {
	pool    *pgxpool.Pool
	cleanup string // want cleanup:"carriesSQL"
}

func newMaintenance(pool *pgxpool.Pool) *maintenance {
	return &maintenance{pool: pool, cleanup: "DISCARD ALL"} // want `DISCARD ALL.*\(discard\)`
}

func (m *maintenance) run(ctx context.Context) error {
	_, err := m.pool.Exec(ctx, m.cleanup)
	return err
}

var resets = map[string]string{
	"plans":     "DISCARD PLANS",     // want `DISCARD PLANS.*\(discard\)`
	"temporary": "discard temp",      // want `(?i)DISCARD TEMP.*\(discard\)`
	"sequences": "DISCARD SEQUENCES", // want `DISCARD SEQUENCES.*\(discard\)`
}

func reset(db *sql.DB, what string) error {
	_, err := db.Exec(resets[what])
	return err
}

func resetAll(db *pg.DB) error {
	_, err := db.Exec("SELECT 1; DISCARD ALL;") // want `DISCARD ALL.*\(discard\)`
	return err
}

// As a connection goes back to the pool.
func hooks(config *pgxpool.Config, connConfig pgx.ConnConfig) *sql.DB {
	config.AfterRelease = func(conn *pgx.Conn) bool {
		_, err := conn.Exec(context.Background(), "DISCARD ALL") // want `DISCARD ALL.*\(discard\)`
		return err == nil
	}
	return stdlib.OpenDB(connConfig, stdlib.OptionResetSession(discardAll))
}

func discardAll(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "DISCARD ALL") // want `DISCARD ALL.*whenever a connection is taken from the pool \(OptionResetSession\).*\(discard\)`
	return err
}

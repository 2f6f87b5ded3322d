package loadlibrary // want package:"sessionChanges"

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const library = "auto_explain"

func load(ctx context.Context, db *sql.DB, config *pgxpool.Config, explain bool) {
	db.Exec("LOAD 'auto_explain'")     // want `LOAD.*\(load-library\)`
	db.Exec("load '" + library + "';") // want `(?i)LOAD.*\(load-library\)`
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		query := "SELECT 1"
		switch {
		case explain:
			query = "LOAD '$libdir/plugins/auto_explain'" // want `LOAD.*\(load-library\)`
		case library == "age":
			query = "LOAD 'age'" // want `LOAD.*\(load-library\)`
		}
		_, err := conn.Exec(ctx, query)
		return err
	}
}

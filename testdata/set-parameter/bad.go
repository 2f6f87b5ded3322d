package setparameter // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"github.com/uptrace/bun"

	"github.com/poolvet/poolvet/testdata/set-parameter/statements"
)

const noTimeout = "SET statement_timeout = 0" // want `SET statement_timeout.*\(set-parameter\)`

func literals(ctx context.Context, db *sql.DB, conn *pgx.Conn, tx pgx.Tx) {
	db.Exec("SET search_path TO app, public")               // want `SET search_path.*\(set-parameter\)`
	db.ExecContext(ctx, `set session work_mem = '64MB'`)    // want `work_mem.*\(set-parameter\)`
	conn.Exec(ctx, "SELECT 1; SET lock_timeout TO '2s'")    // want `SET lock_timeout.*\(set-parameter\)`
	tx.Exec(ctx, "/* per request */ SET app.tenant = 't1'") // want `SET app.tenant.*\(set-parameter\)`
	db.Exec("RESET ALL")                                    // want `RESET ALL.*\(set-parameter\)`
	db.Exec("RESET search_path")                            // want `RESET search_path.*\(set-parameter\)`
	db.Exec("SET NAMES 'LATIN1'")                           // want `SET NAMES.*\(set-parameter\)`
	db.Exec(`
		SET synchronous_commit = LOCAL`) // want `SET synchronous_commit.*\(set-parameter\)`
}

// A constant is reported once, where it stands, however often it is used. One
// of another package is reported where it is used.
func constants(ctx context.Context, db *sql.DB, pool *pgxpool.Pool) {
	db.Exec(noTimeout)
	db.ExecContext(ctx, noTimeout)
	pool.Exec(ctx, noTimeout)
	pool.Exec(ctx, statements.UTC) // want `SET TIME ZONE.*\(set-parameter\)`
	db.Exec(statements.ReadOnly)   // want `SET SESSION CHARACTERISTICS.*\(set-parameter\)`
}

func formats(ctx context.Context, conn *pgx.Conn, schema, marker string, seconds int) { // want marker:"carriesSQL"
	conn.Exec(ctx, fmt.Sprintf("SET search_path TO %s", pgx.Identifier{schema}.Sanitize())) // want `SET search_path.*\(set-parameter\)`
	conn.Exec(ctx, fmt.Sprintf("%sSET statement_timeout = %d", marker, seconds*1000))       // want `SET statement_timeout.*\(set-parameter\)`
	format := "%s; SET synchronous_commit = 'off'"                                          // want `SET synchronous_commit.*\(set-parameter\)`
	conn.Exec(ctx, fmt.Sprintf(format, marker))
	conn.Exec(ctx, "SET search_path = "+schema) // want `SET search_path.*\(set-parameter\)`
}

func built(ctx context.Context, conn *pgxpool.Conn, schemas []string, fast bool) {
	var b strings.Builder
	b.WriteString("SET search_path TO ") // want `SET search_path.*\(set-parameter\)`
	for i, s := range schemas {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(s)
	}
	conn.Exec(ctx, b.String())

	query := "SELECT 1"
	if fast {
		query = "SET enable_seqscan = off" // want `SET enable_seqscan.*\(set-parameter\)`
	}
	conn.Exec(ctx, query)

	query = "SET jit" // want `SET jit.*\(set-parameter\)`
	query += " TO off"
	conn.Exec(ctx, query)
}

const tenantSetting = "app.tenant"

// set_config's third argument decides, wherever it stands.
func calls(ctx context.Context, db *sqlx.DB, bundb *bun.DB, pool *pgxpool.Pool, tenant string) {
	db.MustExec("SELECT set_config('app.tenant', $1, false)", tenant)                       // want `set_config.*\(set-parameter\)`
	db.QueryRowx("SELECT current_setting('jit'), pg_catalog.SET_CONFIG('jit', 'off', 'f')") // want `(?i)set_config.*\(set-parameter\)`
	pool.Exec(ctx, "SELECT set_config($1, $2, $3)", tenantSetting, tenant, false)           // want `set_config.*\(set-parameter\)`
	bundb.ExecContext(ctx, "SELECT set_config(?, ?, ?)", "app.tenant", tenant, false)       // want `set_config.*\(set-parameter\)`
	pool.QueryRow(ctx, `WITH tenant AS (SELECT id FROM tenants WHERE name = $1)
		SELECT set_config('app.tenant', (SELECT id::text FROM tenant), false)`, tenant) // want `set_config.*\(set-parameter\)`
}

func hooks(config *pgxpool.Config) {
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET timezone = 'UTC'") // want `SET timezone.*\(set-parameter\)`
		return err
	}
	config.ConnConfig.AfterConnect = func(ctx context.Context, conn *pgconn.PgConn) error {
		return conn.Exec(ctx, "SET application_name = 'worker'").Close() // want `SET application_name.*\(set-parameter\)`
	}
}

func batches(batch *pgx.Batch) pgx.TxOptions {
	batch.Queue("SET work_mem = '1GB'")                                          // want `SET work_mem.*\(set-parameter\)`
	return pgx.TxOptions{BeginQuery: "BEGIN; SET idle_session_timeout = '1min'"} // want `SET idle_session_timeout.*\(set-parameter\)`
}

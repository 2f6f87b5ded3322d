// want package:"sessionChanges"

// Package remedies is judged behind PgBouncer 1.18: what helps where.
package remedies

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A constant that is run in a transaction and outside of one.
const both = "SET work_mem = '1GB'" // want `^SET work_mem: leaks to other clients behind PgBouncer 1\.18; use SET LOCAL work_mem in a transaction, or a direct connection \(set-parameter\)$`

func report(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		tx.Exec(ctx, both)
		_, err := pool.Exec(ctx, both)
		return err
	})
}

// The context is the one of the call, or none.
func serve(w http.ResponseWriter, r *http.Request, db *sql.DB, schema string) {
	db.ExecContext(r.Context(), "SET ROLE reporting")                            // want `^SET ROLE: leaks behind PgBouncer 1\.18, so that other clients run as this role; run it and what follows in one transaction: tx, err := db\.BeginTx\(r\.Context\(\), nil\); tx\.ExecContext\(r\.Context\(\), "SET LOCAL ROLE …"\) \(set-role\)$`
	db.QueryRowContext(r.Context(), "SELECT pg_try_advisory_lock_shared($1)", 1) // want `^pg_try_advisory_lock_shared\(\$1\): leaks to other clients behind PgBouncer 1\.18, so that it excludes no one; run it and what follows in one transaction: tx, err := db\.BeginTx\(r\.Context\(\), nil\); tx\.QueryRowContext\(r\.Context\(\), "SELECT pg_try_advisory_xact_lock_shared\(…\)"\) \(session-lock\)$`
	db.Exec("SET search_path = " + schema)                                       // want `^SET search_path: leaks to other clients behind PgBouncer 1\.18; run it and what follows in one transaction: tx, err := db\.Begin\(\); tx\.Exec\("SET LOCAL search_path …"\) \(set-parameter\)$`
	db.Query("SELECT 1")
}

// What every new connection gets, and what only a job should.
func configure(config *pgxpool.Config) {
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		conn.Exec(ctx, "SET statement_timeout = '30s'; SET row_security = off") // want `^SET statement_timeout: leaks to other clients behind PgBouncer 1\.18, on every new connection \(AfterConnect\); use ALTER ROLE … SET statement_timeout \(set-parameter\)$` `^SET row_security: leaks to other clients behind PgBouncer 1\.18, on every new connection \(AfterConnect\); use a role or a direct connection of the job's own \(set-parameter\)$`
		conn.Exec(ctx, "SET lock_timeout = 0")                                  // want `^SET lock_timeout: leaks to other clients behind PgBouncer 1\.18, on every new connection \(AfterConnect\); use a role or a direct connection of the job's own \(set-parameter\)$`
		conn.Exec(ctx, "SELECT pg_advisory_lock(1)")                            // want `^pg_advisory_lock\(1\): leaks to other clients behind PgBouncer 1\.18, so that it excludes no one, on every new connection \(AfterConnect\); use a direct connection \(session-lock\)$`
		conn.Exec(ctx, "SET ROLE reporting")                                    // want `^SET ROLE: leaks behind PgBouncer 1\.18, so that other clients run as this role, on every new connection \(AfterConnect\); connect as that role \(set-role\)$`
		conn.Exec(ctx, "CREATE TEMP TABLE seen (id int)")                       // want `^CREATE TEMP TABLE seen: leaks to other clients behind PgBouncer 1\.18, on every new connection \(AfterConnect\); create an ordinary table, once \(temp-object\)$`
		_, err := conn.Exec(ctx, "SET app.env = 'prod'")                        // want `^SET app\.env: leaks to other clients behind PgBouncer 1\.18, on every new connection \(AfterConnect\); use ALTER ROLE … SET app\.env, or set_config\('app\.env', …, true\) in the transaction that needs it \(set-parameter\)$`
		return err
	}
	config.PrepareConn = func(ctx context.Context, conn *pgx.Conn) (bool, error) {
		_, err := conn.Exec(ctx, "SELECT set_config('app.tenant', $1, false)", ctx.Value("tenant")) // want `^set_config\('app\.tenant', …\): leaks to other clients behind PgBouncer 1\.18, whenever a connection is taken from the pool \(PrepareConn\); use set_config\('app\.tenant', …, true\) in the transaction that needs it \(set-parameter\)$`
		return err == nil, err
	}
}

// What is put back was not for all.
func nightly(ctx context.Context, conn *pgxpool.Conn) {
	conn.Exec(ctx, "SET search_path = archive") // want `^SET search_path: leaks to other clients behind PgBouncer 1\.18; use SET LOCAL search_path in a transaction, or qualify names with their schema \(set-parameter\)$`
	conn.Exec(ctx, "REFRESH MATERIALIZED VIEW totals")
	conn.Exec(ctx, "RESET search_path") // want `^RESET search_path: acts on whichever server connection it meets behind PgBouncer 1\.18; remove it with the SET that it undoes, as SET LOCAL needs no reset \(set-parameter\)$`
}

// A SET LOCAL serves what is sent with it, and would end with SETs alone.
func messages(db *sql.DB) {
	db.Exec("SET lock_timeout = '1s'; ALTER TABLE orders ADD note text") // want `^SET lock_timeout: leaks to other clients behind PgBouncer 1\.18; use SET LOCAL lock_timeout \(set-parameter\)$`
	conn, _ := db.Conn(context.Background())
	conn.ExecContext(context.Background(), "SET jit = off; SET work_mem = '1GB'") // want `^SET jit: leaks to other clients behind PgBouncer 1\.18; use SET LOCAL jit in a transaction, or a direct connection \(set-parameter\)$` `^SET work_mem: leaks to other clients behind PgBouncer 1\.18; use SET LOCAL work_mem in a transaction, or a direct connection \(set-parameter\)$`
}

func longNames(db *sql.DB) {
	db.Exec(`LISTEN "orders that were changed by someone who is not the customer"`)                          // want `^LISTEN "orders that were changed by someone who is not the customer": hears nothing behind PgBouncer 1\.18, without an error; listen on a direct connection, or poll \(listen\)$`
	db.Exec("CREATE TEMPORARY VIEW orders_that_were_changed_by_someone_who_is_not_the_customer AS SELECT 1") // want `^CREATE TEMPORARY VIEW orders_that_were_changed_by_someone_who_is_not_the_customer: leaks to other clients behind PgBouncer 1\.18; create the view in an ordinary schema, or put its query where it is used \(temp-object\)$`
}

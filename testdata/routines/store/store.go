// Package store calls the functions that ../migrations defines.
package store

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func calls(ctx context.Context, db *sql.DB, tx pgx.Tx) {
	db.Exec("SELECT app.set_tenant($1)", "a")                  // want `^app.set_tenant\(…\): leaks to other clients behind PgBouncer 1.26 \(it runs set_config\('app.tenant', …\) at .*000002_tenant_for_the_session.up.sql:3\); use set_config\('app.tenant', …, true\) there \(hidden-state\)`
	tx.Exec(ctx, "SELECT app.enter($1)", "a")                  // want `app.enter\(…\): leaks.*\(it calls app.set_tenant, which runs set_config\('app.tenant', …\) at .*000002.*:3\).*\(hidden-state\)`
	db.Exec("SELECT app.enter($1, $2)", "a", "b")              // want `app.enter.*\(hidden-state\)`
	db.QueryRow("SELECT lock_job($1)", 1)                      // want `lock_job\(…\): leaks.*excludes no one \(it runs pg_try_advisory_lock\(id\) at .*000003_locks.up.sql:1\); use pg_try_advisory_xact_lock there \(hidden-state\)`
	db.Exec("CALL build_report()")                             // want `build_report\(…\): leaks.*\(it runs CREATE TEMP TABLE totals at .*000004_report.up.sql:3\).*\(hidden-state\)`
	db.Exec("SELECT touch($1)", 1)                             // want `touch\(…\): leaks.*runs set_config\('app.touched', …\).*\(hidden-state\)`
	db.Exec("SELECT app.audit($1)", "a")                       // want `app.audit.*\(hidden-state\)`
	db.Query("SELECT o.id FROM orders o WHERE lock_job(o.id)") // want `lock_job.*\(hidden-state\)`
}

func silent(ctx context.Context, db *sql.DB) {
	db.Exec("SELECT lock_job_in_transaction($1)", 1)
	db.Exec("SELECT guarded($1)", 1)
	db.Exec("CALL build_report_cleanly()")
	db.Exec("SELECT quiet()")
	db.Exec("SELECT touch($1, now())", 1)
	db.Exec("SELECT audit($1)", "a") // app's or public's
	db.Exec("SELECT gone()")
	db.Exec("SELECT app.unknown($1)", 1)
	db.Exec("SELECT enter FROM door")
	db.Exec("CREATE VIEW v AS SELECT lock_job(1)")
}

// A hook that calls one says when it runs.
func pool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SELECT app.set_tenant('all')") // want `app.set_tenant.*on every new connection \(AfterConnect\).*\(hidden-state\)`
		return err
	}
	return pgxpool.NewWithConfig(ctx, config)
}

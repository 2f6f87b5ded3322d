package fixsql // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

// Here is what a fix can make hold for its transaction alone.

const timeout = "SET statement_timeout = 0" // want `SET statement_timeout.*\(set-parameter\)`

func set(ctx context.Context, tx pgx.Tx, name string) {
	tx.Exec(ctx, "SET app.tenant = 't1'")                       // want `SET app.tenant.*\(set-parameter\)`
	tx.Exec(ctx, "set session work_mem = '64MB'")               // want `work_mem.*\(set-parameter\)`
	tx.Exec(ctx, "\t\"\u00e9\x27\";\n SET LC_TIME TO 'C'")      // want `SET LC_TIME.*\(set-parameter\)`
	tx.Exec(ctx, `SELECT '"\n'; SET lock_timeout TO '2s'`)      // want `SET lock_timeout.*\(set-parameter\)`
	tx.Exec(ctx, "SELECT 1; "+"SET search_path = "+name)        // want `SET search_path.*\(set-parameter\)`
	tx.Exec(ctx, fmt.Sprintf("SET app.share = '50%%%s'", name)) // want `SET app.share.*\(set-parameter\)`
	tx.Exec(ctx, timeout)
	tx.QueryRow(ctx, timeout)
}

func spelled(tx *sql.Tx) {
	tx.Exec("SET SESSION ROLE auditor") // want `SET SESSION ROLE.*\(set-role\)`
}

func role(tx *sql.Tx, db *gorm.DB, role string) error {
	query := "set role " // want `set role.*\(set-role\)`
	query += role
	if _, err := tx.Exec(query); err != nil {
		return err
	}
	for _, q := range []string{
		"SELECT 1",
		"SET ROLE writer", // want `SET ROLE.*\(set-role\)`
	} {
		tx.Exec(q)
	}
	return db.Transaction(func(tx *gorm.DB) error {
		return tx.Exec("SET ROLE reader").Error // want `SET ROLE.*\(set-role\)`
	})
}

func built(ctx context.Context, tx pgx.Tx, schemas []string) {
	var b strings.Builder
	b.WriteString("SET search_path TO ") // want `SET search_path.*\(set-parameter\)`
	b.WriteString(strings.Join(schemas, ", "))
	tx.Exec(ctx, b.String())
}

const perSession = false

func config(ctx context.Context, tx pgx.Tx, x *sqlx.Tx, tenant string) {
	tx.Exec(ctx, "SELECT set_config('app.tenant', $1, false)", tenant)         // want `set_config.*\(set-parameter\)`
	tx.Exec(ctx, `SELECT set_config('app.a', f(1, $1), FALSE)`, tenant)        // want `set_config.*\(set-parameter\)`
	tx.Exec(ctx, `SELECT set_config('app.b', $1, 'f')`, tenant)                // want `set_config.*\(set-parameter\)`
	tx.Exec(ctx, `SELECT set_config('app.c', $1, false::bool)`, tenant)        // want `set_config.*\(set-parameter\)`
	tx.Exec(ctx, "SELECT set_config($1, $2, $3)", "app.tenant", tenant, false) // want `set_config.*\(set-parameter\)`
	x.Exec("SELECT set_config(?, ?, ?)", "app.tenant", tenant, perSession)     // want `set_config.*\(set-parameter\)`
	x.MustExec("SELECT set_config('app.d', $1, $2), now()", tenant, "false")   // want `set_config.*\(set-parameter\)`
	const both = "SELECT set_config('app.e', $1, $2)"                          // want `set_config.*\(set-parameter\)`
	tx.Exec(ctx, both, tenant, false)
	tx.Exec(ctx, both, "", true)
}

// What is begun on a connection of this function ends with it.
func connection(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	tx.Exec(ctx, "SET ROLE reader") // want `SET ROLE.*\(set-role\)`
	return tx.Commit(ctx)
}

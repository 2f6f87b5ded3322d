package setrole // want package:"sessionChanges"

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"github.com/poolvet/poolvet/testdata/set-role/access"
)

func literals(ctx context.Context, db *sql.DB, conn *sql.Conn, tx *sql.Tx) {
	db.Exec("SET ROLE tenant")                                   // want `SET ROLE.*\(set-role\)`
	db.Exec("SET ROLE NONE")                                     // want `SET ROLE.*\(set-role\)`
	db.Exec("RESET ROLE")                                        // want `RESET ROLE.*\(set-role\)`
	conn.ExecContext(ctx, "SET SESSION AUTHORIZATION 'auditor'") // want `SET SESSION AUTHORIZATION.*\(set-role\)`
	tx.Exec("RESET SESSION AUTHORIZATION")                       // want `RESET SESSION AUTHORIZATION.*\(set-role\)`
	tx.Exec(`set role "tenant-1"; SELECT count(*) FROM orders`)  // want `(?i)set role.*\(set-role\)`
}

// Through wrappers in another package, of several hops.
func wrapped(ctx context.Context, pool *pgxpool.Pool, tx pgx.Tx, role string) {
	access.Run(ctx, pool, "SET ROLE readonly")                                   // want `SET ROLE.*\(set-role\)`
	access.Run(ctx, tx, fmt.Sprintf("SET ROLE %s", role))                        // want `SET ROLE.*\(set-role\)`
	access.All(ctx, pool, "SELECT 1", "SET ROLE writer")                         // want `SET ROLE.*\(set-role\)`
	access.Collect[string](ctx, pool, "SET ROLE reader; SELECT name FROM users") // want `SET ROLE.*\(set-role\)`
	access.Do(ctx, pool, []access.Step{
		{Name: "become", SQL: "SET ROLE admin"}, // want `SET ROLE.*\(set-role\)`
		{Name: "count", SQL: "SELECT count(*) FROM orders"},
	})
}

// Through an interface of another package.
func asked(ctx context.Context, r access.Runner) {
	r.RunOne(ctx, "SET ROLE reader") // want `SET ROLE.*\(set-role\)`
}

type runner interface {
	run(ctx context.Context, statement string) error // want statement:"carriesSQL"
}

type poolRunner struct{ pool *pgxpool.Pool }

func (r poolRunner) run(ctx context.Context, statement string) error { // want statement:"carriesSQL"
	_, err := r.pool.Exec(ctx, statement)
	return err
}

// Through an interface, a method value and a closure.
func indirect(ctx context.Context, pool *pgxpool.Pool, db *sql.DB) {
	var r runner = poolRunner{pool}
	r.run(ctx, "SET ROLE one") // want `SET ROLE.*\(set-role\)`

	exec := db.Exec
	exec("SET ROLE two") // want `SET ROLE.*\(set-role\)`

	become := func(role string) error {
		_, err := pool.Exec(ctx, "SET ROLE "+role) // want `SET ROLE.*\(set-role\)`
		return err
	}
	become("three")

	must := func(statement string) { // want statement:"carriesSQL"
		if _, err := db.Exec(statement); err != nil {
			panic(err)
		}
	}
	must("SET ROLE four") // want `SET ROLE.*\(set-role\)`
}

func orm(db *gorm.DB) error {
	return db.Transaction(func(tx *gorm.DB) error {
		return tx.Exec("SET ROLE tenant").Error // want `SET ROLE.*\(set-role\)`
	})
}

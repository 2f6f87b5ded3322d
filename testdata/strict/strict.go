// want package:"sessionChanges"

// Package strict has what is reported behind RDS Proxy with -strict only:
// sources disagree on it, or it is inferred.
package strict

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/lib/pq"
)

func contested(ctx context.Context, tx pgx.Tx, db *sql.DB) error {
	tx.Exec(ctx, "SET LOCAL statement_timeout = '1s'")                // want `SET LOCAL statement_timeout: may pin the connection behind RDS Proxy \(AWS's own texts disagree\).*\(set-parameter\)`
	tx.Exec(ctx, "SELECT set_config('app.tenant', $1, true)", "acme") // want `may pin.*\(set-parameter\)`
	tx.Exec(ctx, "SET LOCAL ROLE reader")                             // want `may pin.*\(set-role\)`
	_, err := db.Prepare("SELECT name FROM users WHERE id = $1")      // want `may pin the connection behind RDS Proxy \(AWS's own texts disagree\).*\(named-statement\)`
	pool, _ := pgxpool.New(ctx, "postgres://app@db.example/app")      // want `may pin.*\(named-statement\)`
	pool.QueryRow(ctx, "SELECT name FROM users WHERE id = $1", 7)
	return err
}

func inferred(ctx context.Context, tx pgx.Tx, db *sql.DB) {
	tx.Exec(ctx, "SET TRANSACTION READ ONLY")                                       // want `probably pins.*\(set-parameter\)`
	db.Exec("CREATE FUNCTION pg_temp.one() RETURNS int LANGUAGE sql AS 'SELECT 1'") // want `FUNCTION pg_temp.one: probably pins.*; create the function once, in an ordinary schema.*\(temp-object\)`
	db.Exec("CREATE TYPE pg_temp.pair AS (a int, b int)")                           // want `TYPE pg_temp.pair: probably pins.*\(temp-object\)`
	db.Exec("CREATE DOMAIN pg_temp.age AS int CHECK (VALUE >= 0)")                  // want `DOMAIN pg_temp.age: probably pins.*\(temp-object\)`
	sql.Open("postgres", "host=db.example standard_conforming_strings=on")          // want `standard_conforming_strings.*probably is refused.*\(startup-parameter\)`
	sql.Open("postgres", "host=db.example search_path=app")                         // want `search_path.*probably is refused.*\(startup-parameter\)`
}

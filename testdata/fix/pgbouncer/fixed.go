package fixpgbouncer // want package:"sessionChanges"

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Here is what is safe in a transaction behind PgBouncer, and
// pins on RDS Proxy all the same.

func tables(ctx context.Context, tx pgx.Tx, columns string) {
	tx.Exec(ctx, "CREATE TEMP TABLE plain (id bigint)")                                           // want `TABLE plain.*\(temp-object\)`
	tx.Exec(ctx, "create temporary table small (id bigint) ;")                                    // want `table small.*\(temp-object\)`
	tx.Exec(ctx, "CREATE TEMP TABLE copy AS SELECT 1 AS id")                                      // want `TABLE copy.*\(temp-object\)`
	tx.Exec(ctx, "CREATE TEMP TABLE placed (LIKE orders) WITH (fillfactor = 70) TABLESPACE fast") // want `TABLE placed.*\(temp-object\)`
	tx.Exec(ctx, fmt.Sprintf("CREATE TEMP TABLE wide (%s); SELECT '100%%'", columns))             // want `TABLE wide.*\(temp-object\)`
	tx.Exec(ctx, `-- of the file
		CREATE TEMP TABLE lines (line text) -- as it is`) // want `TABLE lines.*\(temp-object\)`
	tx.Exec(ctx, "INSERT INTO plain SELECT id FROM placed")
}

func cursor(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, "DECLARE report CURSOR WITH HOLD FOR SELECT * FROM reports"); err != nil { // want `DECLARE report.*\(cursor\)`
		return err
	}
	for {
		tag, err := tx.Exec(ctx, "FETCH 100 FROM report")
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
	}
}

func left(ctx context.Context, tx pgx.Tx, pool *pgxpool.Pool, table, rest string) {
	tx.Exec(ctx, "CREATE TEMP TABLE rows (id bigint) ON COMMIT DELETE ROWS") // want `TABLE rows.*\(temp-object\)`
	tx.Exec(ctx, "CREATE TEMP TABLE IF NOT EXISTS cache (id bigint)")        // want `TABLE IF NOT EXISTS cache.*\(temp-object\)`
	tx.Exec(ctx, fmt.Sprintf("CREATE TEMP TABLE %s (id bigint)", table))     // want `TABLE .*\(temp-object\)`
	tx.Exec(ctx, "CREATE TEMP TABLE open (id bigint) "+rest)                 // want `TABLE open.*\(temp-object\)`
	tx.Exec(ctx, "CREATE TEMP VIEW recent AS SELECT 1")                      // want `VIEW recent.*\(temp-object\)`
	tx.Exec(ctx, "CREATE TEMP TABLE later (id bigint)")                      // want `TABLE later.*\(temp-object\)`
	pool.Exec(ctx, "SELECT * FROM later")
	tx.Exec(ctx, "DECLARE held CURSOR WITH HOLD FOR SELECT 1") // want `DECLARE held.*\(cursor\)`
	pool.Exec(ctx, "FETCH 10 FROM held")
}

// A table of the first transaction would be gone in the second.
func spans(ctx context.Context, pool *pgxpool.Pool) error {
	first, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	first.Exec(ctx, "CREATE TEMP TABLE spanning (id bigint)")             // want `TABLE spanning.*\(temp-object\)`
	first.Exec(ctx, "DECLARE spanned CURSOR WITH HOLD FOR SELECT 1 AS n") // want `DECLARE spanned.*\(cursor\)`
	if err := first.Commit(ctx); err != nil {
		return err
	}
	second, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	second.Exec(ctx, "SELECT * FROM spanning")
	second.Exec(ctx, "FETCH 10 FROM spanned")
	return second.Commit(ctx)
}

// What only a transaction would help is told the two lines to write.
func sequence(ctx context.Context, pool *pgxpool.Pool, tenant string) {
	pool.Exec(ctx, "SET app.tenant = 't1'")        // want `: tx, err := pool.Begin\(ctx\); tx.Exec\(ctx, "SET LOCAL app.tenant …"\) \(set-parameter\)`
	pool.Exec(ctx, "SET ROLE reader")              // want `tx.Exec\(ctx, "SET LOCAL ROLE …"\) \(set-role\)`
	pool.Exec(ctx, "SET statement_timeout = '5s'") // want `tx.Exec\(ctx, "SET LOCAL statement_timeout …"\) \(set-parameter\)`
	pool.Query(ctx, "SELECT * FROM orders")
	pool.Exec(ctx, "SET app.last = 't1'") // want `; use set_config\('app.last', …, true\) in the transaction that needs it \(set-parameter\)`
}

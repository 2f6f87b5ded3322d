// Package undone puts back what it sets and drops what it creates, on the same
// connection: behind PgBouncer nothing remains, RDS Proxy pins all the same.
package undone

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"
)

const script = "CREATE TEMP TABLE batch AS SELECT * FROM orders;" + // rdsproxy `CREATE TEMP TABLE batch`
	"INSERT INTO archive SELECT * FROM batch;" +
	"DROP TABLE batch;"

func text(ctx context.Context, tx pgx.Tx, pool *pgxpool.Pool) {
	tx.Exec(ctx, "CREATE TEMP TABLE a (i int); DROP TABLE a")                    // rdsproxy `CREATE TEMP TABLE a`
	pool.Exec(ctx, "SET work_mem = '1GB'; SELECT 1; RESET work_mem")             // rdsproxy `SET work_mem` `RESET work_mem`
	pool.Exec(ctx, "SET statement_timeout = 0; SET statement_timeout = '30s'")   // rdsproxy `SET statement_timeout` `SET statement_timeout` // pgbouncer `SET statement_timeout`
	pool.Exec(ctx, "CREATE TEMP TABLE b (i int); BEGIN; DROP TABLE b; ROLLBACK") // rdsproxy `CREATE TEMP TABLE b` // pgbouncer `CREATE TEMP TABLE b`
}

func transaction(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET session_replication_role = replica"); err != nil { // rdsproxy `SET session_replication_role`
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO t VALUES (1)"); err != nil {
			return fmt.Errorf("insert: %w", err)
		}
		_, err := tx.Exec(ctx, "SET session_replication_role = DEFAULT") // rdsproxy `SET session_replication_role`
		return err
	})
}

func setBack(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "SET ROLE a"); err != nil { // rdsproxy `SET ROLE`
		return err
	}
	if _, err := tx.ExecContext(ctx, "CREATE TEMPORARY TABLE c (i int)"); err != nil { // rdsproxy `CREATE TEMPORARY TABLE c`
		return err
	}
	for range 3 {
		if _, err := tx.ExecContext(ctx, "INSERT INTO c VALUES (1)"); err != nil {
			break
		}
	}
	if _, err := tx.ExecContext(ctx, "DROP TABLE c"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "RESET ROLE"); err != nil { // rdsproxy `RESET ROLE`
		return err
	}
	return tx.Commit()
}

// In a callback, what is deferred runs before the transaction ends.
func deferred(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		tx.Exec(ctx, "SET work_mem = '1GB'") // rdsproxy `SET work_mem`
		defer tx.Exec(ctx, "RESET work_mem") // rdsproxy `RESET work_mem`
		defer func() {
			if _, err := tx.Exec(ctx, "DROP TABLE d"); err != nil {
				fmt.Println(err)
			}
		}()
		_, err := tx.Exec(ctx, "CREATE TEMP TABLE d (i int)") // rdsproxy `CREATE TEMP TABLE d`
		return err
	})
}

// After a Commit of the function's own it comes too late.
func deferredTooLate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Exec("RESET work_mem")                                        // rdsproxy `RESET work_mem` // pgbouncer `RESET work_mem`
	if _, err := tx.ExecContext(ctx, "SET work_mem = '1GB'"); err != nil { // rdsproxy `SET work_mem` // pgbouncer `SET work_mem`
		return err
	}
	return tx.Commit()
}

var errFull = errors.New("full")

func ways(ctx context.Context, tx pgx.Tx, other pgx.Tx, conn *pgx.Conn, full, done bool) error {
	tx.Exec(ctx, "CREATE TEMP TABLE e (i int)") // rdsproxy `CREATE TEMP TABLE e` // pgbouncer `CREATE TEMP TABLE e`
	if done {
		return nil // succeeds without the drop
	}
	tx.Exec(ctx, "DROP TABLE e")

	tx.Exec(ctx, "CREATE TEMP TABLE f (i int)") // rdsproxy `CREATE TEMP TABLE f`
	if full {
		return errFull
	}
	tx.Exec(ctx, "DROP TABLE f")

	tx.Exec(ctx, "CREATE TEMP TABLE g (i int)") // rdsproxy `CREATE TEMP TABLE g` // pgbouncer `CREATE TEMP TABLE g`
	if done {
		tx.Exec(ctx, "DROP TABLE g")
	}

	tx.Exec(ctx, "CREATE TEMP TABLE h (i int)") // rdsproxy `CREATE TEMP TABLE h` // pgbouncer `CREATE TEMP TABLE h`
	other.Exec(ctx, "DROP TABLE h")

	conn.Exec(ctx, "CREATE TEMP TABLE i (i int)") // rdsproxy `CREATE TEMP TABLE i` // pgbouncer `CREATE TEMP TABLE i`
	conn.Exec(ctx, "DROP TABLE i")

	tx.Exec(ctx, "CREATE TEMP TABLE j (i int)") // rdsproxy `CREATE TEMP TABLE j` // pgbouncer `CREATE TEMP TABLE j`
	tx.Commit(ctx)
	tx.Exec(ctx, "DROP TABLE j")

	if full {
		tx.Exec(ctx, "SET work_mem = '1GB'") // rdsproxy `SET work_mem`
	}
	tx.Exec(ctx, "RESET work_mem") // rdsproxy `RESET work_mem`

	query := "DROP TABLE k"
	if full {
		query = "SELECT 1"
	}
	tx.Exec(ctx, "CREATE TEMP TABLE k (i int)") // rdsproxy `CREATE TEMP TABLE k` // pgbouncer `CREATE TEMP TABLE k`
	tx.Exec(ctx, query)

	for range 3 {
		tx.Exec(ctx, "CREATE TEMP TABLE l (i int)") // rdsproxy `CREATE TEMP TABLE l` // pgbouncer `CREATE TEMP TABLE l`
		if done {
			continue
		}
		tx.Exec(ctx, "DROP TABLE l")
	}

	tx.Exec(ctx, "SELECT pg_advisory_lock(1)")   // rdsproxy `pg_advisory_lock` // pgbouncer `pg_advisory_lock`
	tx.Exec(ctx, "SELECT pg_advisory_unlock(1)") // rdsproxy `pg_advisory_unlock` // pgbouncer `pg_advisory_unlock`
	_, err := tx.Exec(ctx, script)
	return err
}

// A script as a list, in one transaction and on a pool.
func list(ctx context.Context, tx pgx.Tx, pool *pgxpool.Pool) error {
	for _, q := range []string{
		"CREATE TEMP TABLE m (i int)", // rdsproxy `CREATE TEMP TABLE m`
		"SET ROLE a",                  // rdsproxy `SET ROLE`
		"INSERT INTO m VALUES (1)",
		"RESET ROLE", // rdsproxy `RESET ROLE`
		"DROP TABLE m",
	} {
		if _, err := tx.Exec(ctx, q); err != nil {
			return err
		}
	}
	for _, q := range []string{
		"DROP TABLE IF EXISTS n",
		"CREATE TEMP TABLE n (i int)", // rdsproxy `CREATE TEMP TABLE n` // pgbouncer `CREATE TEMP TABLE n`
	} {
		if _, err := tx.Exec(ctx, q); err != nil {
			return err
		}
	}
	for _, q := range []string{"CREATE TEMP TABLE o (i int)", "DROP TABLE o"} { // rdsproxy `CREATE TEMP TABLE o` // pgbouncer `CREATE TEMP TABLE o`
		if _, err := pool.Exec(ctx, q); err != nil {
			return err
		}
	}
	for i, q := range []string{"CREATE TEMP TABLE p (i int)", "DROP TABLE p"} { // rdsproxy `CREATE TEMP TABLE p` // pgbouncer `CREATE TEMP TABLE p`
		if i > 1 {
			break
		}
		tx.Exec(ctx, q)
	}
	return nil
}

func gormTransaction(ctx context.Context, db *gorm.DB) error {
	return db.Transaction(func(tx *gorm.DB) error {
		if err := tx.WithContext(ctx).Exec("SET ROLE a").Error; err != nil { // rdsproxy `SET ROLE`
			return err
		}
		return tx.WithContext(ctx).Exec("RESET ROLE").Error // rdsproxy `RESET ROLE`
	})
}

type inTx struct{ tx pgx.Tx }

func (t *inTx) field(ctx context.Context) error {
	if _, err := t.tx.Exec(ctx, "SET ROLE a"); err != nil { // rdsproxy `SET ROLE`
		return err
	}
	_, err := t.tx.Exec(ctx, "RESET ROLE") // rdsproxy `RESET ROLE`
	return err
}

// What is ignored takes nothing before it along.
func ignored(ctx context.Context, tx pgx.Tx) {
	tx.Exec(ctx, "SET ROLE first") // rdsproxy `SET ROLE` // pgbouncer `SET ROLE`
	//poolvet:ignore set-role -- it is the role of every client
	tx.Exec(ctx, "SET ROLE second")
}

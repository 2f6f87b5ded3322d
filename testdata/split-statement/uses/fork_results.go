package uses

import (
	"context"

	"github.com/vinovest/sqlx"
)

type order struct{ ID int }

// What the fork alone has: functions with a type, and a transaction.
func forkGeneric(ctx context.Context, dsn string, id int) ([]order, error) {
	db, err := sqlx.Open("postgres", dsn) // want `sqlx.Open with the default of lib/pq.*\(split-statement\)`
	if err != nil {
		return nil, err
	}
	return sqlx.ListContext[order](ctx, db, "SELECT id FROM orders WHERE id > $1", id)
}

func forkInTransaction(dsn string, id int) error {
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return sqlx.Transact(db, func(ctx context.Context, tx sqlx.Queryable) error {
		_, err := tx.NamedExec("UPDATE orders SET id = :id", map[string]any{"id": id})
		return err
	})
}

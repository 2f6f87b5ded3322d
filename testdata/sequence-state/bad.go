package sequencestate // want package:"sessionChanges"

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"
	"github.com/doug-martin/goqu/v9"
	"github.com/gocraft/dbr/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"xorm.io/xorm"
)

func statements(ctx context.Context, db *sql.DB, pool *pgxpool.Pool) {
	db.QueryRow("SELECT nextval('order_numbers')")                                                          // want `nextval.*\(sequence-state\)`
	db.Exec("INSERT INTO orders (id) VALUES (nextval('order_numbers'::regclass)) RETURNING id")             // want `nextval.*\(sequence-state\)`
	pool.Exec(ctx, "WITH n AS (SELECT nextval('order_numbers') AS id) INSERT INTO orders SELECT id FROM n") // want `nextval.*\(sequence-state\)`
	pool.Exec(ctx, "SELECT setval('order_numbers', (SELECT max(id) FROM orders))")                          // want `setval.*\(sequence-state\)`
	pool.QueryRow(ctx, "SELECT lastval()")                                                                  // want `lastval.*\(sequence-state\)`
	pool.QueryRow(ctx, `SELECT "currval"('order_numbers')`)                                                 // want `currval.*\(sequence-state\)`
}

// Fragments are expressions and clauses.
func builders(ctx context.Context, tx *sql.Tx, db *bun.DB, g *gorm.DB) {
	values := map[string]any{
		"id":    sq.Expr("nextval('order_numbers')"), // want `nextval.*\(sequence-state\)`
		"total": 0,
	}
	sq.Insert("orders").SetMap(values).Suffix("RETURNING currval('order_numbers')").RunWith(tx).Exec() // want `currval.*\(sequence-state\)`
	sq.Update("orders").Set("id", sq.Expr("nextval(?)", "order_numbers")).RunWith(tx).Exec()           // want `nextval.*\(sequence-state\)`
	sq.Select("nextval('order_numbers')").RunWith(tx).QueryRow()                                       // want `nextval.*\(sequence-state\)`

	db.NewSelect().ColumnExpr("nextval('order_numbers') AS id").Scan(ctx)                         // want `nextval.*\(sequence-state\)`
	db.NewInsert().Table("orders").Value("id", "nextval('order_numbers')").Exec(ctx)              // want `nextval.*\(sequence-state\)`
	db.NewRaw("SELECT nextval(?)", "order_numbers").Exec(ctx)                                     // want `nextval.*\(sequence-state\)`
	db.NewUpdate().Table("orders").Set("id = nextval('order_numbers')").Where("id = 0").Exec(ctx) // want `nextval.*\(sequence-state\)`

	g.Select("lastval()").Table("orders").Find(&values)                                                      // want `lastval.*\(sequence-state\)`
	g.Model(&values).Update("id", gorm.Expr("nextval('order_numbers')"))                                     // want `nextval.*\(sequence-state\)`
	g.Where("id > currval('order_numbers')").Find(&values)                                                   // want `currval.*\(sequence-state\)`
	g.Clauses(clause.Returning{}).Create(map[string]any{"id": clause.Expr{SQL: "nextval('order_numbers')"}}) // want `nextval.*\(sequence-state\)`
	g.Raw("SELECT nextval('order_numbers')").Scan(&values)                                                   // want `nextval.*\(sequence-state\)`
}

func moreBuilders(ctx context.Context, db *goqu.Database, session *dbr.Session, engine *xorm.Engine) {
	db.From("orders").Select(goqu.L("nextval('order_numbers')")).Executor()         // want `nextval.*\(sequence-state\)`
	session.SelectBySql("SELECT nextval('order_numbers')").Load(new(int64))         // want `nextval.*\(sequence-state\)`
	session.Update("orders").Set("id", dbr.Expr("nextval('order_numbers')")).Exec() // want `nextval.*\(sequence-state\)`
	engine.Exec("SELECT setval('order_numbers', ?)", 100)                           // want `setval.*\(sequence-state\)`
	engine.Where("id = currval('order_numbers')").Get(new(int64))                   // want `currval.*\(sequence-state\)`
}

func batch(tables []string) *pgx.Batch {
	b := &pgx.Batch{}
	for _, t := range tables {
		b.Queue("SELECT setval(pg_get_serial_sequence('" + t + "', 'id'), 1, false)") // want `setval.*\(sequence-state\)`
	}
	return b
}

// Package opened opens databases by many ways: how one is opened decides, not
// what else is imported.
package opened

import (
	"context"
	"database/sql"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/doug-martin/goqu/v9"
	"github.com/go-gorp/gorp/v3"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"xorm.io/xorm"
)

type lite struct{ db *sql.DB }

func newLite(path string) (*lite, error) {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return nil, err
	}
	return &lite{db: db}, nil
}

func (l *lite) direct() { l.db.Exec("CREATE TEMP TABLE lite AS SELECT 1") }

func (l *lite) loop() {
	for _, s := range []string{"SELECT 1", "CREATE TEMP TABLE looped AS SELECT 1"} {
		l.db.Exec(s)
	}
}

func (l *lite) transaction(ctx context.Context) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("CREATE TEMP TABLE intx AS SELECT 1"); err != nil {
		return err
	}
	return tx.Commit()
}

type post struct{ db *sql.DB }

const driverName = "pgx"

func newPost(dsn string) (p *post, err error) {
	p = &post{}
	p.db, err = sql.Open(driverName, dsn)
	return p, err
}

func (p *post) direct() {
	p.db.Exec("CREATE TEMP TABLE post AS SELECT 1") // want `CREATE TEMP TABLE post.*\(temp-object\)`
}

// A helper that runs on both is judged by what it is given.
func run(db *sql.DB, query string) { db.Exec(query) } // want query:"carriesSQL"

func both(l *lite, p *post) {
	run(l.db, "CREATE TEMP TABLE runlite AS SELECT 1")
	run(p.db, "CREATE TEMP TABLE runpost AS SELECT 1") // want `CREATE TEMP TABLE runpost.*\(temp-object\)`
}

func open() *sqlx.DB { return sqlx.MustConnect("mysql", "dsn") }

func results(raw *sql.DB) {
	db := open()
	db.MustExec("SET SESSION lock_timeout = 10")
	sqlx.NewDb(raw, "sqlserver").MustExec("CREATE TEMP TABLE named AS SELECT 1")
	sqlx.NewDb(raw, "postgres").MustExec("CREATE TEMP TABLE named AS SELECT 1") // want `CREATE TEMP TABLE named.*\(temp-object\)`
}

func connectors(c *pq.Connector) {
	sql.OpenDB(c).Exec("SET ROLE app") // want `SET ROLE.*\(set-role\)`
}

func orms(dsn string, raw *sql.DB) {
	g, _ := gorm.Open(postgres.Open(dsn), &gorm.Config{})
	g.WithContext(context.Background()).Exec("SET ROLE gorm") // want `SET ROLE.*\(set-role\)`
	g.Transaction(func(tx *gorm.DB) error {
		return tx.Exec("SET ROLE callback").Error // want `SET ROLE.*\(set-role\)`
	})

	x, _ := xorm.NewEngine("mysql", dsn)
	x.Exec("SET SESSION lock_timeout = 10")

	drv, _ := entsql.Open(dialect.SQLite, dsn)
	drv.DB().Exec("CREATE TEMP TABLE ent AS SELECT 1")

	goqu.New("mysql", raw).Exec("CREATE TEMP TABLE goqu AS SELECT 1")
	goqu.New("postgres", raw).Exec("CREATE TEMP TABLE goqu AS SELECT 1") // want `CREATE TEMP TABLE goqu.*\(temp-object\)`

	my := &gorp.DbMap{Db: raw, Dialect: gorp.MySQLDialect{}}
	my.Exec("CREATE TEMP TABLE gorp AS SELECT 1")
	pg := &gorp.DbMap{Db: raw, Dialect: gorp.PostgresDialect{}}
	pg.Exec("CREATE TEMP TABLE gorp AS SELECT 1") // want `CREATE TEMP TABLE gorp.*\(temp-object\)`
}

type embeds struct{ *sql.DB }

func promoted(path string) {
	db, _ := sql.Open("sqlite", path)
	e := embeds{db}
	e.Exec("CREATE TEMP TABLE promoted AS SELECT 1")
}

// One handle for several databases is what it was without the opener.
func several(name, dsn string, lite bool) {
	if lite {
		name = "sqlite3"
	} else {
		name = "postgres"
	}
	db, _ := sql.Open(name, dsn)
	db.Exec("CREATE TEMP TABLE several AS SELECT 1") // want `CREATE TEMP TABLE several.*\(temp-object\)`
}

func pools(ctx context.Context, pool *pgxpool.Pool) {
	pool.Exec(ctx, "SET ROLE a") // want `SET ROLE.*\(set-role\)`
}

// A store that callers elsewhere may give a handle of PostgreSQL, whatever it
// opens by itself.
type store struct{ db *sql.DB }

func OpenStore(path string) (*store, error) {
	db, err := sql.Open("sqlite3", path)
	return &store{db}, err
}

func NewStore(db *sql.DB) *store { return &store{db} }

func (s *store) run() {
	s.db.Exec("CREATE TEMP TABLE store AS SELECT 1") // want `CREATE TEMP TABLE store.*\(temp-object\)`
}

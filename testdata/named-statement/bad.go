// Package namedstatement is judged behind PgBouncer 1.18.
package namedstatement

import (
	"context"
	"database/sql"
	"os"

	"github.com/Masterminds/squirrel"
	"github.com/XSAM/otelsql"
	"github.com/go-pg/pg/v10"
	pgx4 "github.com/jackc/pgx/v4"
	pgxpool4 "github.com/jackc/pgx/v4/pgxpool"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/jmoiron/sqlx"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"xorm.io/xorm"
)

// The string is not known: once, at the opener, what the default does.
func unknown(ctx context.Context, url, b, c, d, e, f string) {
	pgxpool.New(ctx, url)                   // want `pgxpool.New with the default query mode, cache_statement: fails behind PgBouncer 1.18.*, unless the connection string says otherwise; set default_query_exec_mode=cache_describe.*\(named-statement\)`
	pgx.Connect(ctx, os.Getenv("DATABASE")) // want `pgx.Connect with the default.*unless.*\(named-statement\)`
	sql.Open("pgx/v5", b)                   // want `sql.Open with the default.*\(named-statement\)`
	sqlx.MustConnect("pgx/v5", c)           // want `sqlx.MustConnect with the default.*\(named-statement\)`
	otelsql.Open("pgx/v5", d)               // want `otelsql.Open with the default.*\(named-statement\)`
	gorm.Open(postgres.Open(e))             // want `postgres.Open with the default.*\(named-statement\)`
	xorm.NewEngine("pgx/v5", f)             // want `xorm.NewEngine with the default.*\(named-statement\)`
}

// The string is known, and sets nothing.
func known(ctx context.Context, host string) {
	pgxpool.New(ctx, "postgres://app:secret@db/app?pool_max_conns=10") // want `cache_statement: fails behind PgBouncer 1.18 \(prepared statement already exists, or does not exist\); set`
	pgxpool.New(ctx, "host="+host+" dbname=app")                       // want `\(named-statement\)`
}

// The mode is set, to the one that names statements.
func explicit(ctx context.Context) {
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=cache_statement") // want `default_query_exec_mode=cache_statement.*\(named-statement\)`
	config, _ := pgx.ParseConfig(os.Getenv("DATABASE"))
	config.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement // want `DefaultQueryExecMode = pgx.QueryExecModeCacheStatement.*\(named-statement\)`
	pgx.ConnectConfig(ctx, config)
}

// A configuration that is only handed on is the caller's to set.
func handedOn(url string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement // want `\(named-statement\)`
	return config, nil
}

type store struct {
	config *pgxpool.Config
}

// Through a field, and two pools of one configuration.
func (s *store) open(ctx context.Context) {
	s.config, _ = pgxpool.ParseConfig(os.Getenv("DATABASE")) // want `pgxpool.ParseConfig with the default.*\(named-statement\)`
	s.config.MaxConns = 4
	pgxpool.NewWithConfig(ctx, s.config)
}

func (s *store) again(ctx context.Context) {
	pgxpool.NewWithConfig(ctx, s.config)
}

// A driver that is registered anew, and a name from a tracing wrapper.
func registered(url, other string) {
	sql.Register("traced", stdlib.GetDefaultDriver())
	sql.Open("traced", url) // want `\(named-statement\)`
	name, _ := otelsql.Register("pgx/v5")
	sql.Open(name, other) // want `\(named-statement\)`
}

func v4(ctx context.Context, url string) {
	pgxpool4.Connect(ctx, url)                                                    // want `pgxpool4.Connect with the default statement cache of pgx v4.*DEALLOCATE.*statement_cache_mode=describe.*\(named-statement\)`
	pgx4.Connect(ctx, "postgres://db/app?statement_cache_mode=prepare")           // want `statement_cache_mode=prepare.*\(named-statement\)`
	pgx4.Connect(ctx, "postgres://db/app?prefer_simple_protocol=false&timezone=") // want `\(named-statement\)`
}

// gorm's PrepareStmt outdoes the mode of the driver: one finding, not two.
func prepareStmt(url string) {
	gorm.Open(postgres.Open(url), &gorm.Config{PrepareStmt: true}) // want `PrepareStmt: true.*\(named-statement\)`
	gorm.Open(postgres.New(postgres.Config{
		DSN:                  url,
		PreferSimpleProtocol: true,
	}), &gorm.Config{
		PrepareStmt: true, // want `PrepareStmt: true.*\(named-statement\)`
	})
	config := &gorm.Config{}
	config.PrepareStmt = true // want `PrepareStmt: true.*\(named-statement\)`
	db, _ := gorm.Open(postgres.Open(url), config)
	db.Session(&gorm.Session{PrepareStmt: true}).First(nil) // want `PrepareStmt: true.*\(named-statement\)`
}

// A mode that one of two configurations has.
func parsedTwice(ctx context.Context) error {
	config, err := parseTwice(os.Getenv("DATABASE"))
	if err != nil {
		return err
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	rows, err := conn.Query(ctx, "SELECT a FROM t")
	rows.Close()
	return err
}

func parseTwice(url string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return pgx.ParseConfig("postgres://" + url) // want `pgx.ParseConfig with the default.*\(named-statement\)`
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	return config, nil
}

// What is prepared by hand is named in every mode.
func prepares(ctx context.Context, db *sql.DB, x *sqlx.DB, conn *pgx.Conn, gopg *pg.DB, engine *xorm.Engine, query string) { // want query:"carriesSQL"
	db.Prepare("SELECT a FROM t WHERE id = $1")      // want `db.Prepare of SELECT a FROM t WHERE id = \$1: fails.*\(named-statement\)`
	db.PrepareContext(ctx, query)                    // want `db.PrepareContext of query.*\(named-statement\)`
	x.Preparex("SELECT b FROM t WHERE id = $1")      // want `\(named-statement\)`
	x.PrepareNamed("SELECT c FROM t WHERE id = :id") // want `\(named-statement\)`
	conn.Prepare(ctx, "by_id", "SELECT d FROM t")    // want `conn.Prepare of SELECT d FROM t.*\(named-statement\)`
	gopg.Prepare("SELECT e FROM t WHERE id = $1")    // want `without a Sync.*\(named-statement\)`
	engine.Prepare()                                 // want `engine.Prepare.*\(named-statement\)`
	squirrel.NewStmtCache(db)                        // want `squirrel.NewStmtCache.*\(named-statement\)`
}

// Preparer is an interface of the project's own, as many are.
type Preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) // want query:"carriesSQL"
}

type wrapper struct{ db Preparer }

// PrepareContext hands on what its callers prepare: they are reported.
func (w wrapper) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) { // want query:"carriesSQL"
	return w.db.PrepareContext(ctx, query)
}

func (w wrapper) P(ctx context.Context, query string) *sql.Stmt { // want query:"carriesSQL"
	stmt, _ := w.db.PrepareContext(ctx, query) // want `w.db.PrepareContext of query.*\(named-statement\)`
	return stmt
}

func calls(ctx context.Context, w wrapper) {
	w.PrepareContext(ctx, "SELECT 1") // want `w.PrepareContext of SELECT 1.*\(named-statement\)`
	w.P(ctx, "SELECT 2")
}

package namedstatement

import (
	"context"
	"database/sql"
	"net/url"
	"os"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgconn/stmtcache"
	pgx4 "github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/lib/pq"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// The mode is set in the string, whatever else it holds.
func inString(ctx context.Context, host, mode string) {
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec")
	pgx.Connect(ctx, "host="+host+" default_query_exec_mode='cache_describe'")
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode="+mode)
	sql.Open("pgx", os.Getenv("DATABASE")+"&default_query_exec_mode=simple_protocol")
	u := &url.URL{Scheme: "postgres", Host: host}
	q := u.Query()
	q.Set("default_query_exec_mode", "exec")
	u.RawQuery = q.Encode()
	pgx.Connect(ctx, u.String())
}

// The mode is set in a helper, on a part of the configuration, on a copy.
func helped(ctx context.Context) {
	config, _ := pgxpool.ParseConfig(os.Getenv("DATABASE"))
	safe(config.ConnConfig)
	pgxpool.NewWithConfig(ctx, config)

	other, _ := parsed(os.Getenv("DATABASE"))
	pgxpool.NewWithConfig(ctx, other)

	third, _ := pgx.ParseConfig(os.Getenv("DATABASE"))
	copied := third.Copy()
	copied.DefaultQueryExecMode = pgx.QueryExecModeExec
	stdlib.OpenDB(*copied)
}

func safe(config *pgx.ConnConfig) { config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe }

func parsed(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	return config, nil
}

// Options, and a hook that sets the mode.
func optioned(ctx context.Context, options ...func(*pgx.ConnConfig)) {
	config, _ := pgx.ParseConfig(os.Getenv("DATABASE"))
	for _, option := range options {
		option(config)
	}
	pgx.ConnectConfig(ctx, config)

	hooked, _ := pgxpool.ParseConfig(os.Getenv("DATABASE"))
	hooked.BeforeConnect = func(ctx context.Context, config *pgx.ConnConfig) error {
		config.DefaultQueryExecMode = pgx.QueryExecModeExec
		return nil
	}
	pgxpool.NewWithConfig(ctx, hooked)
}

// A configuration of which the package does not show where it comes from.
func given(ctx context.Context, config *pgxpool.Config, pool *pgxpool.Pool) {
	pgxpool.NewWithConfig(ctx, config)
	pgx.ConnectConfig(ctx, pool.Config().ConnConfig)
}

func v4Describes(ctx context.Context) {
	pgx4.Connect(ctx, "postgres://db/app?statement_cache_mode=describe")
	config, _ := pgx4.ParseConfig(os.Getenv("DATABASE"))
	config.BuildStatementCache = func(conn *pgconn.PgConn) stmtcache.Cache {
		return stmtcache.New(conn, stmtcache.ModeDescribe, 512)
	}
	pgx4.ConnectConfig(ctx, config)
}

func gormSafe(dsn string, db *sql.DB) {
	gorm.Open(postgres.New(postgres.Config{DSN: dsn, PreferSimpleProtocol: true}))
	gorm.Open(postgres.New(postgres.Config{Conn: db}))
	gorm.Open(postgres.Open("host=db default_query_exec_mode=exec"), &gorm.Config{PrepareStmt: false})
}

// A database of which nothing is known, and another one.
func others(name, dsn string) {
	sql.Open(name, dsn)
	sql.Open("mysql", dsn)
}

// COPY by lib/pq is no prepared statement, and ? is another database's.
func noStatement(tx *sql.Tx, db *sql.DB) {
	tx.Prepare(pq.CopyIn("t", "a", "b"))
	db.Prepare("SELECT a FROM t WHERE id = ?")
}

// A mode that is only named.
func fallback() pgx.QueryExecMode { return pgx.QueryExecModeCacheStatement }

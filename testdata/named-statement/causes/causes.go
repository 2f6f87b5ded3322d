// want package:"connects"

// Package causes opens one connection string in several places, and passes
// strings on. It is judged behind PgBouncer 1.18.
package causes

import (
	"context"
	"database/sql"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"
)

// One constant, one variable, one field: one finding.
const local = "postgres://localhost/app"

var database = os.Getenv("DATABASE")

type config struct{ url string }

func (c *config) dsn() string { return "host=" + c.url }

func first(ctx context.Context, c *config) {
	pgx.Connect(ctx, local)    // want `pgx.Connect with the default query mode.*\(named-statement\)`
	pgx.Connect(ctx, database) // want `\(named-statement\)`
	pgx.Connect(ctx, c.url)    // want `\(named-statement\)`
	pgx.Connect(ctx, c.dsn())  // want `\(named-statement\)`
}

func again(ctx context.Context, c *config) {
	pgx.Connect(ctx, local)
	pgxpool.New(ctx, database)
	sql.Open("pgx", c.url)
	sql.Open("pgx", c.dsn())
	sql.Open("postgres", c.url) // want `sql.Open with the default of lib/pq.*\(split-statement\)`
}

// Two strings in one variable, and one text written twice, are two.
func two(ctx context.Context) {
	url := os.Getenv("FIRST")
	pgx.Connect(ctx, url) // want `\(named-statement\)`
	url = os.Getenv("SECOND")
	pgx.Connect(ctx, url)                       // want `\(named-statement\)`
	pgx.Connect(ctx, "postgres://db/app")       // want `\(named-statement\)`
	pgx.Connect(ctx, "postgres://db/app")       // want `\(named-statement\)`
	pgx.Connect(ctx, "postgres://"+local+"?a=") // want `\(named-statement\)` `a in the connection string.*\(startup-parameter\)`
}

// What passes a string on is no opening: what gives it one is.
func open(ctx context.Context, url string) (*pgxpool.Pool, error) { return pgxpool.New(ctx, url) }

func opened(ctx context.Context, url string) (*pgxpool.Pool, error) { return open(ctx, url) }

func Safe(ctx context.Context) (*pgxpool.Pool, error) {
	return opened(ctx, "postgres://db/app?default_query_exec_mode=exec")
}

func Bad(ctx context.Context) (*pgxpool.Pool, error) {
	return open(ctx, "postgres://db/app?statement_timeout=1000") // want `open with the default query mode, cache_statement: fails.*\(named-statement\)` `statement_timeout in the connection string.*\(startup-parameter\)`
}

// The driver's name is passed on too, beside its string.
func byName(driver, dsn string) (*sql.DB, error) { return sql.Open(driver, dsn) }

func Named() {
	byName("postgres", "host=db binary_parameters=yes")
	byName("postgres", "host=db") // want `byName with the default of lib/pq.*\(split-statement\)`
	byName("pgx", "host=db")      // want `byName with the default query mode.*\(named-statement\)`
	byName("mysql", "host=db")
}

func parsed(url string) (*pgx.ConnConfig, error) { return pgx.ParseConfig(url) }

func Parsed(ctx context.Context) (*pgx.Conn, error) {
	config, err := parsed("postgres://db/app?default_query_exec_mode=exec&jit=off") // want `jit in the connection string.*\(startup-parameter\)`
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, config)
}

// A configuration for others, with the mode that it leaves as it is.
func Config(url string) (*pgxpool.Config, error) {
	return pgxpool.ParseConfig(url) // want `pgxpool.ParseConfig with the default query mode.*unless the connection string says otherwise.*\(named-statement\)`
}

func SafeConfig(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	return config, nil
}

// Read for its parts, and not opened.
func Host(url string) (string, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return "", err
	}
	return config.Host, nil
}

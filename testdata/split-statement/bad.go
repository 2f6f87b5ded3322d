// Package splitstatement is judged behind PgBouncer 1.18.
package splitstatement

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	pgx4 "github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v5"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

func defaults(host string, port int) {
	sql.Open("postgres", os.Getenv("DATABASE"))                           // want `sql.Open with the default of lib/pq, binary_parameters=no: returns other clients' rows behind PgBouncer 1.18.*, unless the connection string says otherwise; set binary_parameters=yes.*\(split-statement\)`
	sqlx.Connect("postgres", "user=app password=secret")                  // want `sqlx.Connect with.*returns other clients' rows behind PgBouncer 1.18; set.*\(split-statement\)`
	pq.NewConnector(fmt.Sprintf("host=%s port=%d", host, port))           // want `pq.NewConnector with.*\(split-statement\)`
	pq.Open("postgres://app:secret@db/app?binary_parameters=no")          // want `binary_parameters=no: returns other clients' rows.*\(split-statement\)`
	pq.NewConnectorConfig(pq.Config{Host: host})                          // want `pq.NewConnectorConfig with.*\(split-statement\)`
	pq.NewConnectorConfig(pq.Config{Host: host, BinaryParameters: false}) // want `BinaryParameters = false.*\(split-statement\)`
}

func describeExec(ctx context.Context) {
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=describe_exec") // want `default_query_exec_mode=describe_exec: returns other clients' rows.*\(split-statement\)`
	config, _ := pgx.ParseConfig(os.Getenv("DATABASE"))
	config.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec // want `DefaultQueryExecMode = pgx.QueryExecModeDescribeExec.*\(split-statement\)`
	pgx.ConnectConfig(ctx, config)
}

func v4(ctx context.Context) {
	pgx4.Connect(ctx, "postgres://db/app?statement_cache_capacity=0") // want `statement_cache_capacity=0.*\(split-statement\)`
	config, _ := pgx4.ParseConfig(os.Getenv("DATABASE"))
	config.BuildStatementCache = nil // want `BuildStatementCache = nil.*\(split-statement\)`
	pgx4.ConnectConfig(ctx, config)
}

type factory struct{ host, schema string }

// The string is built in steps by a method.
func (f factory) dsn() string {
	dsn := fmt.Sprintf("host=%s password='%s'", f.host, os.Getenv("PASSWORD"))
	if f.schema != "" {
		dsn += " sslmode=disable"
	}
	return dsn
}

func (f factory) open() {
	pq.NewConnector(f.dsn()) // want `pq.NewConnector with.*\(split-statement\)`
}

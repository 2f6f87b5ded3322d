// Package deployed is judged behind PgBouncer 1.18 with what the deployment's
// connection string sets: binary_parameters=yes default_query_exec_mode=exec.
package deployed

import (
	"context"
	"database/sql"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/lib/pq"
)

func unknown(ctx context.Context, id int) {
	db, _ := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	db.Query("SELECT $1", id)
	pool, _ := pgxpool.New(ctx, os.Getenv("DATABASE_URL")+"&pool_max_conns=4")
	pool.Query(ctx, "SELECT $1", id)
}

func known(ctx context.Context, id int) {
	db, _ := sql.Open("postgres", "host=db dbname=shop") // want `binary_parameters=no: returns other clients' rows`
	db.Query("SELECT $1", id)
	pool, _ := pgxpool.New(ctx, os.Getenv("DATABASE_URL")+"?default_query_exec_mode=describe_exec") // want `default_query_exec_mode=describe_exec: returns other clients' rows`
	pool.Query(ctx, "SELECT $1", id)
}

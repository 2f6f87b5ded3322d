package deadoption

import (
	"context"
	"database/sql"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func read(ctx context.Context, pool *pgxpool.Pool) {
	pgxpool.New(ctx, "host=db pool_max_conns=4 default_query_exec_mode=cache_describe description_cache_capacity=100")
	gorm.Open(postgres.New(postgres.Config{DSN: "host=db", PreferSimpleProtocol: true}))
	gorm.Open(postgres.New(postgres.Config{DSN: "host=db", PreferSimpleProtocol: false, DriverName: "mysql"}))
	pool.Query(ctx, "SELECT $1", pgx.QueryExecModeExec, 1)
	pgx.Connect(ctx, "host=db statement_cache_capacity=0 default_query_exec_mode=exec")
}

// A string that serves either driver, by a flag, is read by one of them.
func either(usePgx bool, text bool, id int) {
	driver, dsn := "postgres", "host=db dbname=app"
	if usePgx {
		driver = "pgx"
	}
	if text {
		dsn += " binary_parameters=yes"
	}
	db, _ := sql.Open(driver, dsn+os.Getenv("MORE"))
	db.Close()
}

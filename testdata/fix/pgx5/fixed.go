package fixpgx5

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const url = "postgres://app@db/app?sslmode=disable#primary" // the database of the shop

func strings(ctx context.Context, host, password string) {
	pgx.Connect(ctx, url)                                                                                        // want `named-statement`
	pgx.Connect(ctx, "postgres://app@db/app")                                                                    // want `named-statement`
	pgx.Connect(ctx, `host=db user=app `)                                                                        // want `named-statement`
	pgx.Connect(ctx, "host="+host+" user=app")                                                                   // want `named-statement`
	pgx.Connect(ctx, fmt.Sprintf("user=app password=%s dbname=%s", password, "app"))                             // want `named-statement`
	pgx.Connect(ctx, fmt.Sprintf("postgres://app:%s@db/app?application_name=100%%&sslmode=%s", password, "off")) // want `named-statement`
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=cache_statement&sslmode=disable")                // want `named-statement`
	pgx.Connect(ctx, "host=db default_query_exec_mode='describe_exec'")                                          // want `split-statement`
	sql.Open("pgx", "postgres://db/app?")                                                                        // want `named-statement`
}

func config(ctx context.Context) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(os.Getenv("DATABASE_URL")) // want `named-statement`
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, config)
}

func set(config *pgx.ConnConfig) {
	config.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec // want `split-statement`
}

func orm() {
	gorm.Open(postgres.Open("host=db"), &gorm.Config{PrepareStmt: true}) // want `named-statement`
	gorm.Open(postgres.Open("host=db"), &gorm.Config{
		SkipDefaultTransaction: true,
		PrepareStmt:            true, // want `named-statement`
		DryRun:                 false,
	})
	gorm.Open(postgres.New(postgres.Config{DSN: "host=db"}), &gorm.Config{PrepareStmt: true}) // want `named-statement`
	gorm.Open(postgres.Open("host=other"))                                                    // want `named-statement`
}

// A string that others use, or of which a part is not known, has no fix.
const shared = "host=db user=shared"

func left(ctx context.Context, rest string) {
	pgx.Connect(ctx, shared) // want `named-statement`
	fmt.Println(shared)
	pgx.Connect(ctx, "host=db "+rest) // want `named-statement`
}

package fixpgx5

import (
	"context"
	"database/sql"
	"fmt"

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

func set(config *pgx.ConnConfig) {
	config.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec // want `split-statement`
}

// With -exec-mode=exec: all that is bound is seen, and is no bytes.
func plain(ctx context.Context, id int) error {
	conn, err := pgx.Connect(ctx, "host=db user=plain") // want `named-statement`
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "DELETE FROM users WHERE id = $1", id)
	return err
}

// Who sets one mode in one case may mean another connection in the other.
func choose(config *pgx.ConnConfig, pooled bool) {
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	if !pooled {
		config.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement // want `named-statement`
	}
}

// The fallback of a configuration that is safe is not.
func fallback(ctx context.Context, u, v string) (*pgx.Conn, error) {
	config, err := parse(u, v)
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, config)
}

func parse(u, v string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(u)
	if err != nil {
		return pgx.ParseConfig(v) // want `named-statement`
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	return config, nil
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

	// Without PrepareStmt the mode of the string counts, which is safe.
	gorm.Open(postgres.Open("host=db default_query_exec_mode=exec"), &gorm.Config{PrepareStmt: true}) // want `; remove PrepareStmt \(named-statement\)`
}

// Where the driver's own mode is not known, or cannot be set, PrepareStmt is
// not all that is wrong.
func ormLeft(db *gorm.DB, dsn string) {
	gorm.Open(postgres.Open(dsn), &gorm.Config{PrepareStmt: true}) // want `named-statement`
	db.Session(&gorm.Session{PrepareStmt: true})                   // want `named-statement`
	config := &gorm.Config{PrepareStmt: true}                      // want `named-statement`
	gorm.Open(postgres.Open("host=db"), config)
	fmt.Println(config)
}

// A string that others use, or of which a part is not known, has no fix.
const shared = "host=db user=shared"

func left(ctx context.Context, rest string) {
	pgx.Connect(ctx, shared) // want `named-statement`
	fmt.Println(shared)
	pgx.Connect(ctx, "host=db "+rest) // want `named-statement`
}

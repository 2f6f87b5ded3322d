// Package defaults has connection strings for where the operator gives none,
// behind PgBouncer 1.18: what they say is so unless another is given.
package defaults

import (
	"cmp"
	"context"
	"database/sql"
	"flag"
	"os"

	"github.com/jackc/pgx/v5"
	_ "github.com/lib/pq"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

const mode = "&default_query_exec_mode=exec"

func flags(ctx context.Context) {
	dsn := flag.String("dsn", "postgres://localhost/app?jit=off"+mode, "") // want `jit in the connection string: is refused by PgBouncer 1.18, so that no connection is made, unless another connection string is given`
	var other string
	flag.StringVar(&other, "other", "host=localhost work_mem=64MB default_query_exec_mode=exec", "") // want `work_mem in .*, unless another connection string is given`
	flag.Parse()
	pgx.Connect(ctx, *dsn)  // want `pgx.Connect with the default query mode, cache_statement: .*, unless the connection string says otherwise`
	pgx.Connect(ctx, other) // want `pgx.Connect with the default query mode, cache_statement: .*, unless the connection string says otherwise`
}

type options struct{ dsn, plain string }

func (o *options) register(set *pflag.FlagSet) {
	set.StringVarP(&o.dsn, "dsn", "d", "postgres://localhost/app?geqo=off"+mode, "") // want `geqo in .*, unless another connection string is given`
	set.StringVar(&o.plain, "plain", "postgres://localhost/app", "")
}

func (o *options) connect(ctx context.Context) {
	pgx.Connect(ctx, o.dsn)   // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`
	pgx.Connect(ctx, o.plain) // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`
}

func keys(ctx context.Context, v *viper.Viper) {
	v.SetDefault("db.dsn", "postgres://localhost/app?lock_timeout=5s"+mode) // want `lock_timeout in .*, unless another connection string is given`
	pgx.Connect(ctx, v.GetString("DB.DSN"))                                 // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`
}

func environment(ctx context.Context) {
	pgx.Connect(ctx, cmp.Or(os.Getenv("DSN"), "postgres://localhost/app?search_path=app"+mode)) // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise` `search_path in .*, unless another connection string is given`
	dsn := os.Getenv("DSN")
	if dsn == "" {
		dsn = "postgres://localhost/app?enable_sort=off&default_query_exec_mode=cache_statement" // want `enable_sort in .*, unless another connection string is given` `default_query_exec_mode=cache_statement: .*, unless another connection string is given`
	}
	pgx.Connect(ctx, dsn) // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`
}

// The empty string is a string that is known: pgx asks the environment for hosts, not modes.
func empty(ctx context.Context) {
	pgx.Connect(ctx, "") // want `pgx.Connect with the default query mode, cache_statement: fails behind PgBouncer 1.18 \(prepared statement already exists, or does not exist\); `
}

// Parts without settings tell nothing, and what the code adds is certain.
func parts(ctx context.Context) {
	host := flag.String("host", "localhost", "")
	base := flag.String("base", "postgres://localhost/app?sslmode=disable", "")
	pgx.Connect(ctx, "postgres://"+*host+"/app?tcp_keepalives_idle=5"+mode) // want `tcp_keepalives_idle in the connection string: is refused by PgBouncer 1.18, so that no connection is made; `
	pgx.Connect(ctx, *base+"&tcp_keepalives_count=5"+mode)                  // want `tcp_keepalives_count in the connection string: is refused by PgBouncer 1.18, so that no connection is made; `
}

// A name of a driver is the operator's to say.
func names(db *sql.DB) {
	driver := flag.String("driver", "postgres", "")
	sql.Open(*driver, "postgres://localhost/app")
	verb := flag.String("verb", "SET ROLE", "")
	db.Exec(*verb + " app")
}

type tagged struct {
	DSN   string `env-default:"postgres://localhost/app?from_collapse_limit=1&default_query_exec_mode=exec"` // want `from_collapse_limit in .*, unless another connection string is given`
	Other string `default:"postgres://localhost/app"`
}

func tags(ctx context.Context, c tagged) {
	pgx.Connect(ctx, c.DSN)   // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`
	pgx.Connect(ctx, c.Other) // want `pgx.Connect with the default query mode.*, unless the connection string says otherwise`
}

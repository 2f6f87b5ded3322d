// Package startupparameter is judged behind PgBouncer 1.18.
package startupparameter

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/lib/pq"
)

const mode = "default_query_exec_mode=exec"

func inString(ctx context.Context, schema, base string) {
	pgx.Connect(ctx, "postgres://app:secret@db/app?search_path=app&"+mode)                     // want `search_path in the connection string: is refused by PgBouncer 1.18, so that no connection is made.*\(startup-parameter\)`
	pgx.Connect(ctx, "host=db password=secret statement_timeout='5 s' "+mode)                  // want `statement_timeout in the connection string.*\(startup-parameter\)`
	pgx.Connect(ctx, "postgres://db/app?options=-c%20lock_timeout%3D5s&"+mode)                 // want `options=-c lock_timeout in the connection string.*\(startup-parameter\)`
	pgx.Connect(ctx, fmt.Sprintf("%s?%s&search_path=%s", base, mode, schema))                  // want `search_path.*\(startup-parameter\)`
	pgconn.Connect(ctx, "host=db jit=off")                                                     // want `jit in.*\(startup-parameter\)`
	sql.Open("postgres", "postgres://db/app?binary_parameters=yes&extra_float_digits=2&a.b=c") // want `extra_float_digits.*\(startup-parameter\)` `a.b in.*\(startup-parameter\)`

	dsn, err := pq.ParseURL(base)
	if err != nil {
		dsn = base
	}
	dsn += fmt.Sprintf(" search_path=%s application_name=%s binary_parameters=yes", // want `search_path.*\(startup-parameter\)`
		strings.Join([]string{schema}, ","), "app")
	sql.Open("postgres", dsn)
}

func inURL(ctx context.Context, schema string) {
	u, _ := url.Parse(os.Getenv("DATABASE"))
	q := u.Query()
	q.Set("search_path", schema) // want `search_path in the connection string.*\(startup-parameter\)`
	q.Set("default_query_exec_mode", "exec")
	q.Add("options", "-c work_mem="+schema) // want `options=-c work_mem.*\(startup-parameter\)`
	u.RawQuery = q.Encode()
	pgx.Connect(ctx, u.String())
}

// Values written as a literal, and encoded as a part of the string.
func inValues(ctx context.Context, host string) {
	q := url.Values{"statement_timeout": {"5000"}, "default_query_exec_mode": {"exec"}} // want `statement_timeout in the connection string.*= '5000' \(startup-parameter\)`
	pgx.Connect(ctx, "postgres://"+host+"/app?"+q.Encode())
	pgx.Connect(ctx, fmt.Sprintf("postgres://%s/app?%s&%s", host, mode, url.Values{"jit": {"off"}}.Encode()))              // want `jit in the connection string.*\(startup-parameter\)`
	u := url.URL{Scheme: "postgres", Host: host, RawQuery: url.Values{"work_mem": []string{"64MB"}}.Encode() + "&" + mode} // want `work_mem in the connection string.*\(startup-parameter\)`
	pgx.Connect(ctx, u.String())
}

func inConfig(ctx context.Context, schema string) {
	config, _ := pgxpool.ParseConfig(os.Getenv("DATABASE"))
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.ConnConfig.RuntimeParams["search_path"] = schema // want `search_path in RuntimeParams.*\(startup-parameter\)`

	params := config.ConnConfig.RuntimeParams
	params["statement_timeout"] = "5s" // want `statement_timeout in RuntimeParams.*\(startup-parameter\)`
	setIfUnset := func(m map[string]string, name, value string) {
		if m[name] == "" {
			m[name] = value
		}
	}
	setIfUnset(params, "lock_timeout", "1s") // want `lock_timeout in RuntimeParams.*\(startup-parameter\)`
	setIfUnset(params, "application_name", "app")
	set(config, "jit", "off")                                        // want `jit in RuntimeParams.*\(startup-parameter\)`
	for name, value := range map[string]string{"work_mem": "64MB"} { // want `work_mem in RuntimeParams.*\(startup-parameter\)`
		params[name] = value
	}
	pgxpool.NewWithConfig(ctx, config)
}

func set(config *pgxpool.Config, name, value string) {
	config.ConnConfig.RuntimeParams[name] = value
}

func copied(ctx context.Context) {
	config, _ := pgxpool.ParseConfig("postgres://h/shop?default_query_exec_mode=exec")
	params := map[string]string{"jit": "off"} // want `jit in RuntimeParams.*\(startup-parameter\)`
	params["work_mem"] = "64MB"               // want `work_mem in RuntimeParams.*\(startup-parameter\)`
	maps.Copy(config.ConnConfig.RuntimeParams, params)
	pgxpool.NewWithConfig(ctx, config)
}

func environment() {
	os.Setenv("PGOPTIONS", "-c statement_timeout=5s") // want `options=-c statement_timeout in PGOPTIONS.*\(startup-parameter\)`
	os.Setenv("PGAPPNAME", "shop")
}

func literals() {
	_ = pq.Config{BinaryParameters: true, Runtime: map[string]string{
		"search_path": "app", // want `search_path in RuntimeParams.*\(startup-parameter\)`
		"timezone":    "UTC",
	}}
}

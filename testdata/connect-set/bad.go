// Package connectset is judged behind PgBouncer 1.18.
package connectset

import (
	"context"
	"database/sql"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/uptrace/bun/driver/pgdriver"
	"github.com/uptrace/bun/migrate"
)

func pgdriverSets(schema string) {
	pgdriver.NewConnector(pgdriver.WithDSN("postgres://app:secret@db/app?sslmode=disable&search_path=app")) // want `search_path in the connection string: leaks to other clients behind PgBouncer 1.18 \(pgdriver sends it as SET on every new connection\).*\(connect-set\)`
	sql.Open("pg", "postgres://db/app?statement_timeout=5000")                                              // want `statement_timeout in the connection string.*\(connect-set\)`
	pgdriver.NewConnector(pgdriver.WithConnParams(map[string]any{
		"lock_timeout": "5s", // want `lock_timeout in ConnParams.*\(connect-set\)`
	}))
	params := map[string]any{}
	params["search_path"] = schema // want `search_path in ConnParams.*\(connect-set\)`
	pgdriver.NewConnector(pgdriver.WithConnParams(params))

	c := pgdriver.NewConnector()
	c.Config().ConnParams = map[string]any{"work_mem": "64MB"} // want `work_mem in ConnParams.*\(connect-set\)`
}

func ent(ctx context.Context, tenant string) context.Context {
	return entsql.WithVar(ctx, "app.tenant", tenant) // want `entsql.WithVar of app.tenant: leaks.*ent runs it as SET.*\(connect-set\)`
}

func migrations(ctx context.Context, m *migrate.Migrator) {
	m.CreateSQLMigrations(ctx, "add_users") // want `m.CreateSQLMigrations.*SET statement_timeout = 0.*\(connect-set\)`
}

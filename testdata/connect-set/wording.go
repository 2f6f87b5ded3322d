package connectset

import (
	"context"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/uptrace/bun/driver/pgdriver"
	"github.com/uptrace/bun/migrate"
)

func wording(ctx context.Context, m *migrate.Migrator, tenant string) {
	pgdriver.WithDSN("postgres://db/app?search_path=app")                  // want `^search_path in the connection string: leaks to other clients behind PgBouncer 1\.18 \(pgdriver sends it as SET on every new connection\); qualify names with their schema, or use ALTER ROLE … SET search_path \(connect-set\)$`
	pgdriver.WithDSN("postgres://db/app?session_replication_role=replica") // want `^session_replication_role in the connection string: leaks to other clients behind PgBouncer 1\.18 \(pgdriver sends it as SET on every new connection\); use a role or a direct connection of the job's own \(connect-set\)$`
	entsql.WithVar(ctx, "app.tenant", tenant)                              // want `^entsql\.WithVar of app\.tenant: leaks to other clients behind PgBouncer 1\.18 \(ent runs it as SET before each query and RESET after, in a transaction as SET alone\); use set_config\('app\.tenant', …, true\) in the transaction that needs it \(connect-set\)$`
	m.CreateSQLMigrations(ctx, "add_orders")                               // want `^m\.CreateSQLMigrations: leaks to other clients behind PgBouncer 1\.18 \(the files that it writes begin with SET statement_timeout = 0, for the session\); use SET LOCAL statement_timeout in a transaction, or a direct connection \(connect-set\)$`
}

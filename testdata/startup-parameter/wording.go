package startupparameter

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func wording(ctx context.Context) {
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec&lock_timeout=2s")                  // want `^lock_timeout in the connection string: is refused by PgBouncer 1\.18, so that no connection is made; use ALTER ROLE … SET lock_timeout = '2s' \(startup-parameter\)$`
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec&session_replication_role=replica") // want `^session_replication_role in the connection string: is refused by PgBouncer 1\.18, so that no connection is made; use a role or a direct connection of the job's own \(startup-parameter\)$`
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec&role=reporting")                   // want `^role in the connection string: is refused by PgBouncer 1\.18, so that no connection is made; connect as that role \(startup-parameter\)$`
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec&replication=database")             // want `^replication in the connection string: is refused by PgBouncer 1\.18, so that no connection is made; use a direct connection, which replication needs \(startup-parameter\)$`
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec&options=--cluster%3Dshop")         // want `^options=--cluster in the connection string: is refused by PgBouncer 1\.18, so that no connection is made; remove it, as it is for CockroachDB, or put the cluster before the database's name \(CLUSTER\.DATABASE\) \(startup-parameter\)$`
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec&options=endpoint%3Dshop")          // want `^options=endpoint in the connection string: is refused by PgBouncer 1\.18, so that no connection is made; remove it, as it is for Neon, or connect by the endpoint's own host name \(startup-parameter\)$`
	pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec&no_such_parameter=1")              // want `^no_such_parameter in the connection string: is refused by PgBouncer 1\.18, so that no connection is made; remove it, as PostgreSQL has no parameter of this name \(startup-parameter\)$`
}

// want package:"sessionChanges"

// Command commands migrates in several ways: one finding tells of all.
package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/tern/v2/migrate"
)

func main() {
	ctx := context.Background()
	conn, _ := pgx.Connect(ctx, "postgres://db/app?default_query_exec_mode=exec")
	up(ctx, conn)
	down(ctx, conn)
}

func up(ctx context.Context, conn *pgx.Conn) {
	m, _ := migrate.NewMigrator(ctx, conn, "version") // want `migrate.NewMigrator's session lock`
	m.Migrate(ctx)
}

func down(ctx context.Context, conn *pgx.Conn) {
	m, _ := migrate.NewMigrator(ctx, conn, "version")
	m.MigrateTo(ctx, 0)
}

package programs

import (
	"context"
	"database/sql"
	"time"

	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/go-pg/pg/v10"
	migratepgx4 "github.com/golang-migrate/migrate/v4/database/pgx"
	migratepgx5 "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	migratepq "github.com/golang-migrate/migrate/v4/database/postgres"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	tern "github.com/jackc/tern/v2/migrate"
	"github.com/lib/pq"
	gooselock "github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
)

// pgdriver turns keys of its DSN into SET on every connection
func _() {
	sql.OpenDB(pgdriver.NewConnector(pgdriver.WithDSN("postgres://app@pooler/app?statement_timeout=5000")))
}

// pgdriver turns WithConnParams into SET on every connection
func _() {
	sql.OpenDB(pgdriver.NewConnector(pgdriver.WithConnParams(map[string]any{"search_path": "public"})))
}

// golang-migrate over lib/pq takes a session lock
func _(db *sql.DB) { migratepq.WithInstance(db, &migratepq.Config{}) }

// golang-migrate over pgx v5 takes a session lock
func _(db *sql.DB) { migratepgx5.WithInstance(db, &migratepgx5.Config{}) }

// golang-migrate over pgx v4 takes a session lock
func _(db *sql.DB) { migratepgx4.WithInstance(db, &migratepgx4.Config{}) }

// golang-migrate over pgx v4 with x-lock-strategy=table takes none
func _(db *sql.DB) { migratepgx4.WithInstance(db, &migratepgx4.Config{LockStrategy: "table"}) }

// goose's session locker takes a session lock
func _() { gooselock.NewPostgresSessionLocker() }

// tern takes a session lock and resets all parameters after each migration
func _(c *pgx.Conn) {
	m, _ := tern.NewMigrator(ctx, c, "version")
	m.Migrate(ctx)
}

// atlas takes a session lock
func _(db *sql.DB) {
	d, _ := postgres.Open(db)
	d.(schema.Locker).Lock(ctx, "name", time.Second)
}

// ent's WithVar sets a parameter of the session and resets it
func _() context.Context { return entsql.WithVar(ctx, "app.tenant", "a") }

var queues = map[string]river.QueueConfig{"default": {MaxWorkers: 1}}

// river listens on a connection of its own
func _(pool *pgxpool.Pool) { river.NewClient(riverpgxv5.New(pool), &river.Config{Queues: queues}) }

// river with PollOnly does not listen
func _(pool *pgxpool.Pool) {
	river.NewClient(riverpgxv5.New(pool), &river.Config{Queues: queues, PollOnly: true})
}

// pq.Listener listens
func _() {
	pq.NewListener("postgres://app@pooler/app?binary_parameters=yes", time.Second, time.Second, nil).Listen("news")
}

// pgdriver's Listener listens
func _(db *bun.DB) { pgdriver.NewListener(db).Listen(ctx, "news") }

// go-pg's Listener listens, and OnConnect runs on its connection
func _(db *pg.DB) { db.Listen(ctx, "news") }

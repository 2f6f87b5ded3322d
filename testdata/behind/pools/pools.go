// Package pools has pools behind several poolers.
package pools

import (
	"context"
	"database/sql"
	"os"

	migratepgx "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// Pools are all that there are.
type Pools struct {
	Main *pgxpool.Pool
	//poolvet:pooler pgbouncer@1.18 -- the analytics database
	Analytics *pgxpool.Pool
	//poolvet:direct -- port 5432
	Direct *pgxpool.Pool
}

// NewAnalytics opens the pool of the analytics database.
//
//poolvet:pooler pgbouncer@1.18 -- the analytics database
func NewAnalytics(ctx context.Context) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, os.Getenv("ANALYTICS")) // want `pgxpool.New with the default query mode, cache_statement: fails behind PgBouncer 1.18`
}

// NewMain opens the pool of the main database.
func NewMain(ctx context.Context) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, os.Getenv("MAIN"))
}

// One function runs on three pools.
func (p *Pools) all(ctx context.Context) {
	p.Main.Exec(ctx, "SET work_mem = '1MB'")      // want `SET work_mem: pins the connection behind RDS Proxy`
	p.Analytics.Exec(ctx, "SET work_mem = '1MB'") // want `SET work_mem: leaks to other clients behind PgBouncer 1.18`
	p.Direct.Exec(ctx, "SET work_mem = '1MB'")
}

// One helper runs on two pools: behind one of them its statement is wrong.
func (p *Pools) helped(ctx context.Context) {
	listen(ctx, p.Main)
	listen(ctx, p.Direct)
}

func listen(ctx context.Context, pool *pgxpool.Pool) {
	pool.Exec(ctx, "LISTEN a") // want `LISTEN a: pins the connection behind RDS Proxy`
}

// One helper runs past the pooler alone.
func (p *Pools) past(ctx context.Context) {
	listenDirectly(ctx, p.Direct)
	conn, _ := p.Direct.Acquire(ctx)
	tx, _ := conn.Begin(ctx)
	tx.Exec(ctx, "LISTEN b")
	pgx.BeginFunc(ctx, p.Direct, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "LISTEN b")
		return err
	})
	db := stdlib.OpenDBFromPool(p.Direct)
	db.ExecContext(ctx, "LISTEN b")
	other := stdlib.OpenDBFromPool(p.Main)
	other.ExecContext(ctx, "LISTEN b") // want `LISTEN b: pins the connection behind RDS Proxy`
}

func listenDirectly(ctx context.Context, pool *pgxpool.Pool) { pool.Exec(ctx, "LISTEN c") }

// A line says more than the pool.
func (p *Pools) line(ctx context.Context) {
	//poolvet:pooler pgbouncer@1.18 -- a test of it
	p.Direct.Exec(ctx, "LISTEN d") // want `LISTEN d: hears nothing behind PgBouncer 1.18`
}

// One constructor opens both: the string says which.
func open(url string) *sql.DB {
	db, _ := sql.Open("pgx", url)
	return db
}

func hosts(ctx context.Context, user string) {
	direct := open("postgres://app@db-direct.internal/app?search_path=a")
	direct.ExecContext(ctx, "LISTEN e")
	main := open("postgres://app@db.internal/app")
	main.ExecContext(ctx, "LISTEN e") // want `LISTEN e: pins the connection behind RDS Proxy`

	conn, _ := pgx.Connect(ctx, "host=DB-direct.internal user="+user)
	conn.Exec(ctx, "LISTEN f")
	cfg, _ := pgxpool.ParseConfig("postgres://" + user + "@db-direct.internal:5432/app")
	pool, _ := pgxpool.NewWithConfig(ctx, cfg)
	pool.Exec(ctx, "LISTEN g")
	both, _ := pgxpool.New(ctx, "postgres://app@db-direct.internal,db.internal/app")
	both.Exec(ctx, "LISTEN h") // want `LISTEN h: pins the connection behind RDS Proxy`
	unknown, _ := pgxpool.New(ctx, "postgres://app@"+user+"/app")
	unknown.Exec(ctx, "LISTEN i") // want `LISTEN i: pins the connection behind RDS Proxy`
}

// A pool that is embedded.
type Embedded struct {
	//poolvet:direct -- port 5432
	*pgxpool.Pool
}

func (e Embedded) listen(ctx context.Context) { e.Exec(ctx, "LISTEN j") }

// A local variable.
func local(ctx context.Context) {
	//poolvet:direct -- port 5432
	pool, _ := pgxpool.New(ctx, os.Getenv("DIRECT"))
	listenToo(ctx, pool)
}

func listenToo(ctx context.Context, pool *pgxpool.Pool) { pool.Exec(ctx, "LISTEN k") }

// Two pools by one constructor, of which one is said to be something.
func filled(ctx context.Context) *Pools {
	p := new(Pools)
	p.Main = Opened(ctx, os.Getenv("MAIN"))
	p.Analytics = Opened(ctx, os.Getenv("ANALYTICS"))
	return p
}

// Opened opens one.
func Opened(ctx context.Context, url string) *pgxpool.Pool {
	pool, _ := pgxpool.New(ctx, url) // want `pgxpool.New with the default query mode, cache_statement: fails behind PgBouncer 1.18`
	return pool
}

// What a field says counts more than a server that no pattern is for.
func namedServer(ctx context.Context) *Pools {
	p := new(Pools)
	p.Direct, _ = pgxpool.New(ctx, "postgres://app@db.internal/app?search_path=a")
	cfg, _ := pgxpool.ParseConfig("postgres://app@db.internal/app")
	cfg.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET search_path = app")
		return err
	}
	p.Direct, _ = pgxpool.NewWithConfig(ctx, cfg)
	return p
}

func onlyMain(ctx context.Context) *Pools {
	pool, _ := pgxpool.New(ctx, os.Getenv("MAIN"))
	return &Pools{Main: pool}
}

// What libraries do on a pool is behind the pool's pooler.
func libraries(ctx context.Context, p *Pools) {
	river.NewClient(riverpgxv5.New(p.Direct), &river.Config{Queues: map[string]river.QueueConfig{"default": {MaxWorkers: 1}}})
	river.NewClient(riverpgxv5.New(p.Main), &river.Config{Queues: map[string]river.QueueConfig{"default": {MaxWorkers: 1}}}) // want `river.NewClient: pins the connection behind RDS Proxy`
	goose.Up(stdlib.OpenDBFromPool(p.Direct), "migrations")
	goose.Up(stdlib.OpenDBFromPool(p.Main), "migrations")
	conn, _ := p.Direct.Acquire(ctx)
	conn.Conn().Prepare(ctx, "a", "SELECT 1")
	other, _ := p.Analytics.Acquire(ctx)
	other.Conn().Prepare(ctx, "a", "SELECT 1") // want `Prepare of SELECT 1: fails behind PgBouncer 1.18`
	pgwire, _ := migratepgx.WithInstance(stdlib.OpenDBFromPool(p.Direct), &migratepgx.Config{})
	_ = pgwire
	locked, _ := migratepgx.WithInstance(stdlib.OpenDBFromPool(p.Main), &migratepgx.Config{}) // want `session lock: pins the connection behind RDS Proxy`
	_ = locked
	p.Direct.Query(ctx, "SELECT 1", pgx.QueryExecModeDescribeExec)
	p.Analytics.Query(ctx, "SELECT 1", pgx.QueryExecModeDescribeExec) // want `QueryExecModeDescribeExec in p.Analytics.Query: `
	pq.NewListener("postgres://app@db-direct.internal/app", 0, 0, nil)
	pq.NewListener("postgres://app@db.internal/app", 0, 0, nil) // want `pq.NewListener: `
}

// What a pool's hooks and parameters do is behind its pooler.
func hooked(ctx context.Context) *Pools {
	p := new(Pools)
	direct, _ := pgxpool.ParseConfig(os.Getenv("DIRECT"))
	direct.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET search_path = app")
		return err
	}
	direct.ConnConfig.RuntimeParams["search_path"] = "app"
	p.Direct, _ = pgxpool.NewWithConfig(ctx, direct)

	main, _ := pgxpool.ParseConfig(os.Getenv("MAIN"))
	main.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET search_path = app") // want `SET search_path: pins the connection behind RDS Proxy`
		return err
	}
	p.Main, _ = pgxpool.NewWithConfig(ctx, main)

	byHost, _ := pgxpool.ParseConfig("postgres://app@db-direct.internal/app")
	byHost.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET search_path = app")
		return err
	}
	p.Main, _ = pgxpool.NewWithConfig(ctx, byHost)
	return p
}

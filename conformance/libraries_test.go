package conformance

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/go-pg/pg/v10"
	migratepgx4 "github.com/golang-migrate/migrate/v4/database/pgx"
	migratepgx5 "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	migratepq "github.com/golang-migrate/migrate/v4/database/postgres"
	pgx4 "github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	tern "github.com/jackc/tern/v2/migrate"
	"github.com/lib/pq"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	gooselock "github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/driver/pgdriver"
	gormpostgres "gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const (
	modMigrate = "github.com/golang-migrate/migrate/v4"
	modGoose   = "github.com/pressly/goose/v3"
	modTern    = "github.com/jackc/tern/v2"
	modAtlas   = "ariga.io/atlas"
	modEnt     = "entgo.io/ent"
	modRiver   = "github.com/riverqueue/river"
)

// said is a library at work and what it says that the program did not write:
// the beginnings of statements, in this order.
type said struct {
	claim, module string
	run           func(t *testing.T, dsn string) error
	want          []string
	never         string
}

var libraries = []said{
	{"pgdriver turns keys of its DSN into SET on every connection", modPgdriver, func(t *testing.T, dsn string) error {
		return ping(t, "pg", dsn+"&search_path=public&statement_timeout=5000")
	}, []string{"SET statement_timeout TO"}, ""},
	{"pgdriver turns WithConnParams into SET on every connection", modPgdriver, func(t *testing.T, dsn string) error {
		db := sql.OpenDB(pgdriver.NewConnector(pgdriver.WithDSN(dsn), pgdriver.WithConnParams(map[string]any{"search_path": "public"})))
		defer db.Close()
		return db.Ping()
	}, []string{"SET search_path TO 'public'"}, ""},
	{"pgdriver begins with an isolation level by SET TRANSACTION", modPgdriver, func(t *testing.T, dsn string) error {
		return begin(t, "pg", dsn)
	}, []string{"BEGIN; SET TRANSACTION ISOLATION LEVEL Serializable"}, ""},
	{"lib/pq begins with an isolation level in one statement", modPq, func(t *testing.T, dsn string) error {
		return begin(t, "postgres", dsn)
	}, []string{"BEGIN ISOLATION LEVEL SERIALIZABLE"}, "SET TRANSACTION"},
	{"pgx v5 begins with an isolation level in one statement", modPgx5, func(t *testing.T, dsn string) error {
		return begin(t, "pgx/v5", dsn)
	}, []string{"begin isolation level serializable"}, "SET TRANSACTION"},
	{"pgx v5 DeallocateAll is SQL", modPgx5, func(t *testing.T, dsn string) error {
		return withPgx5(t, dsn, func(ctx context.Context, c *pgx.Conn) error { return c.DeallocateAll(ctx) })
	}, []string{"deallocate all"}, ""},
	{"pgx v5 drops statements from a full cache by the protocol", modPgx5, func(t *testing.T, dsn string) error {
		return withPgx5(t, dsn+"&statement_cache_capacity=1", func(ctx context.Context, c *pgx.Conn) error {
			var n int
			for i := range 3 {
				if err := c.QueryRow(ctx, fmt.Sprintf("select $1::int + %d", i), i).Scan(&n); err != nil {
					return err
				}
			}
			return nil
		})
	}, []string{"select $1::int + 2"}, "deallocate"},
	{"pgx v4 drops statements from a full cache by SQL", modPgx4, func(t *testing.T, dsn string) error {
		ctx := context.Background()
		c, err := pgx4.Connect(ctx, dsn+"&statement_cache_capacity=1")
		if err != nil {
			return err
		}
		defer c.Close(ctx)
		var n int
		for i := range 3 {
			if err := c.QueryRow(ctx, fmt.Sprintf("select $1::int + %d", i), i).Scan(&n); err != nil {
				return err
			}
		}
		return nil
	}, []string{"deallocate lrupsc_"}, ""},
	{"golang-migrate over lib/pq takes a session lock", modMigrate, func(t *testing.T, dsn string) error {
		db, err := sql.Open("postgres", dsn)
		if err != nil {
			return err
		}
		m, err := migratepq.WithInstance(db, &migratepq.Config{})
		if err != nil {
			return err
		}
		return m.Close()
	}, []string{"SELECT pg_advisory_lock($1)", "SELECT pg_advisory_unlock($1)"}, ""},
	{"golang-migrate over pgx v5 takes a session lock", modMigrate, func(t *testing.T, dsn string) error {
		m, err := migratepgx5.WithInstance(pgx5db(t, dsn, ""), &migratepgx5.Config{})
		if err != nil {
			return err
		}
		return m.Close()
	}, []string{"SELECT pg_advisory_lock($1)", "SELECT pg_advisory_unlock($1)"}, ""},
	{"golang-migrate over pgx v4 takes a session lock", modMigrate, func(t *testing.T, dsn string) error {
		return migrate4(dsn, "")
	}, []string{"SELECT pg_advisory_lock($1)", "SELECT pg_advisory_unlock($1)"}, ""},
	{"golang-migrate over pgx v4 with x-lock-strategy=table takes none", modMigrate, func(t *testing.T, dsn string) error {
		return migrate4(dsn, "table")
	}, []string{"CREATE TABLE"}, "pg_advisory"},
	{"goose's session locker takes a session lock", modGoose, func(t *testing.T, dsn string) error {
		locker, err := gooselock.NewPostgresSessionLocker(gooselock.WithUnlockTimeout(1, 1))
		if err != nil {
			return err
		}
		ctx := context.Background()
		conn, err := pgx5db(t, dsn, "").Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		if err := locker.SessionLock(ctx, conn); err != nil {
			return err
		}
		return locker.SessionUnlock(ctx, conn)
	}, []string{"SELECT pg_try_advisory_lock($1)", "SELECT pg_advisory_unlock($1)"}, ""},
	{"tern takes a session lock and resets all parameters after each migration", modTern, func(t *testing.T, dsn string) error {
		return withPgx5(t, dsn, func(ctx context.Context, c *pgx.Conn) error {
			m, err := tern.NewMigrator(ctx, c, "tern_version")
			if err != nil {
				return err
			}
			m.AppendMigration("first", "select 1", "select 2")
			return m.Migrate(ctx)
		})
	}, []string{"select pg_advisory_lock($1)", "select pg_advisory_unlock($1)", "reset all"}, ""},
	{"atlas empties search_path for the session while it inspects a realm", modAtlas, func(t *testing.T, dsn string) error {
		d, err := postgres.Open(pgx5db(t, dsn, ""))
		if err != nil {
			return err
		}
		_, err = d.InspectRealm(context.Background(), nil)
		return err
	}, []string{"SELECT current_setting('search_path'), set_config('search_path', '', false)", "SELECT set_config('search_path', $1, false)"}, ""},
	{"atlas takes a session lock", modAtlas, func(t *testing.T, dsn string) error {
		db := pgx5db(t, dsn, "")
		db.SetMaxOpenConns(2)
		d, err := postgres.Open(db)
		if err != nil {
			return err
		}
		unlock, err := d.(schema.Locker).Lock(context.Background(), "name", time.Second)
		if err != nil {
			return err
		}
		return unlock()
	}, []string{"SELECT pg_try_advisory_lock($1)", "SELECT pg_advisory_unlock($1)"}, ""},
	{"ent's WithVar sets a parameter of the session and resets it", modEnt, func(t *testing.T, dsn string) error {
		d := entsql.OpenDB(dialect.Postgres, pgx5db(t, dsn, ""))
		var rows entsql.Rows
		if err := d.Query(entsql.WithVar(context.Background(), "app.tenant", "a"), "select 1", []any{}, &rows); err != nil {
			return err
		}
		return rows.Close()
	}, []string{"SET app.tenant = 'a'", "select 1", "RESET app.tenant"}, ""},
	{"ent's WithVar in a transaction sets a parameter of the session and never resets it", modEnt, func(t *testing.T, dsn string) error {
		ctx := entsql.WithVar(context.Background(), "app.tenant", "a")
		tx, err := entsql.OpenDB(dialect.Postgres, pgx5db(t, dsn, "")).Tx(ctx)
		if err != nil {
			return err
		}
		if err := tx.Exec(ctx, "select 1", []any{}, nil); err != nil {
			return err
		}
		return tx.Commit()
	}, []string{"SET app.tenant = 'a'", "select 1", "commit"}, "RESET"},
	{"river listens on a connection of its own", modRiver, func(t *testing.T, dsn string) error {
		return startRiver(dsn, false)
	}, []string{`LISTEN "`}, ""},
	{"river with PollOnly does not listen", modRiver, func(t *testing.T, dsn string) error {
		return startRiver(dsn, true)
	}, nil, `LISTEN "`},
	{"pq.Listener listens", modPq, func(t *testing.T, dsn string) error {
		l := pq.NewListener(dsn, time.Second, time.Second, nil)
		defer l.Close()
		return l.Listen("news")
	}, []string{"LISTEN \"news\""}, ""},
	{"pgdriver's Listener listens", modPgdriver, func(t *testing.T, dsn string) error {
		db := bun.NewDB(sql.OpenDB(pgdriver.NewConnector(pgdriver.WithDSN(dsn))), pgdialect.New())
		defer db.Close()
		l := pgdriver.NewListener(db)
		defer l.Close()
		if err := l.Listen(context.Background(), "news"); err != nil {
			return err
		}
		return timeout(l.ReceiveTimeout(context.Background(), 100*time.Millisecond))
	}, []string{"LISTEN \"news\""}, ""},
	{"go-pg's Listener listens, and OnConnect runs on its connection", goPg, func(t *testing.T, dsn string) error {
		options, err := pg.ParseURL(dsn)
		if err != nil {
			return err
		}
		options.OnConnect = func(ctx context.Context, c *pg.Conn) error {
			_, err := c.ExecContext(ctx, "SET work_mem = '8MB'")
			return err
		}
		db := pg.Connect(options)
		defer db.Close()
		l := db.Listen(context.Background(), "news")
		defer l.Close()
		return timeout(l.ReceiveTimeout(context.Background(), 100*time.Millisecond))
	}, []string{"SET work_mem = '8MB'", "LISTEN \"news\""}, ""},
	{"gorm wraps each write in a transaction", modGorm, func(t *testing.T, dsn string) error {
		db := gormOpen(t, dsn, gorm.Config{}, gormpostgres.Config{})
		return db.Table("item").Create(map[string]any{"name": "a"}).Error
	}, []string{"begin", "INSERT", "commit"}, ""},
}

func TestWhatLibrariesSayByThemselves(t *testing.T) { atEachRecorded(t, sayByThemselves) }

func sayByThemselves(t *testing.T, at recorded) {
	for _, l := range libraries {
		t.Run(l.claim, func(t *testing.T) {
			p := at.record(t)
			ends := at.failed(t, l.run(t, at.dsn(p)))
			heard := wire.Statements(p.Take())
			next := 0
			for _, text := range heard {
				if next < len(l.want) && strings.HasPrefix(strings.TrimSpace(text), l.want[next]) {
					next++
				}
				if l.never != "" && strings.Contains(strings.ToLower(text), strings.ToLower(l.never)) {
					t.Errorf("said %s", text)
				}
			}
			if next < len(l.want) {
				t.Errorf("did not say %q:\n%s", l.want[next], strings.Join(heard, "\n"))
			}
			prove(t, sectionLibraries, l.claim+ends, of(l.module)+", "+at.name)
		})
	}
}

func connect(driver, options string) func(*testing.T, string) error {
	return func(t *testing.T, dsn string) error { return ping(t, driver, dsn+options) }
}

func ping(t *testing.T, driver, dsn string) error {
	t.Helper()
	if !slices.Contains(sql.Drivers(), driver) {
		t.Fatalf("no driver %s among %v", driver, sql.Drivers())
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

func begin(t *testing.T, driver, dsn string) error {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{Isolation: sql.LevelSerializable})
	if err != nil {
		return err
	}
	return tx.Commit()
}

func withPgx5(t *testing.T, dsn string, f func(context.Context, *pgx.Conn) error) error {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	return f(ctx, c)
}

func migrate4(dsn, strategy string) error {
	db, err := sql.Open("pgx/v4", dsn)
	if err != nil {
		return err
	}
	m, err := migratepgx4.WithInstance(db, &migratepgx4.Config{LockStrategy: strategy, LockTable: "migration_lock"})
	if err != nil {
		return err
	}
	return m.Close()
}

// timeout waits, as nothing is notified, for a listener to have been answered.
func timeout(_, _ string, err error) error {
	if err != nil && strings.Contains(err.Error(), "timeout") {
		return nil
	}
	return err
}

type job struct{}

func (job) Kind() string { return "job" }

type worker struct{ river.WorkerDefaults[job] }

func (worker) Work(context.Context, *river.Job[job]) error { return nil }

func startRiver(dsn string, pollOnly bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: quiet()})
	if err != nil {
		return err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, worker{})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		PollOnly: pollOnly, Workers: workers, Queues: map[string]river.QueueConfig{"default": {MaxWorkers: 1}}, Logger: quiet(),
	})
	if err != nil {
		return err
	}
	if err := client.Start(ctx); err != nil {
		return err
	}
	time.Sleep(300 * time.Millisecond) // its services start by themselves
	return client.StopAndCancel(ctx)
}

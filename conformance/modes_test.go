package conformance

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/go-pg/pg/v10"
	pgx4 "github.com/jackc/pgx/v4"
	pgx4std "github.com/jackc/pgx/v4/stdlib"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"github.com/Masterminds/squirrel"
	_ "github.com/lib/pq"
)

// The modules whose modes these are.
const (
	modPgx5     = "github.com/jackc/pgx/v5"
	modPgx4     = "github.com/jackc/pgx/v4"
	modPq       = "github.com/lib/pq"
	modPgdriver = "github.com/uptrace/bun/driver/pgdriver"
	goPg        = "github.com/go-pg/pg/v10"
	modGorm     = "gorm.io/gorm"
	modSquirrel = "github.com/Masterminds/squirrel"
)

// How a prepared statement ends on the wire.
const (
	closeSync  = "C[]S"
	deallocate = "Q{deallocate}"
	closeFlush = "C[]H" // no Sync, so a pooler takes the connection for busy
)

// inWords says how one ends.
var inWords = map[string]string{
	closeSync:  "Close and Sync",
	deallocate: "the SQL text DEALLOCATE",
	closeFlush: "Close and Flush, without Sync",
}

var driverModes = []mode{
	{"pgx v5 by default", modPgx5, pgx5(""), wire.Named, wire.Named, wire.Named, wire.Named, closeSync},
	{"pgx v5 default_query_exec_mode=cache_statement", modPgx5, pgx5("cache_statement"), wire.Named, wire.Named, wire.Named, wire.Named, closeSync},
	{"pgx v5 default_query_exec_mode=cache_describe", modPgx5, pgx5("cache_describe"), wire.OneTrip, wire.OneTrip, wire.OneTrip, wire.Named, closeSync},
	{"pgx v5 default_query_exec_mode=describe_exec", modPgx5, pgx5("describe_exec"), wire.TwoTrips, wire.TwoTrips, wire.TwoTrips, wire.Named, closeSync},
	{"pgx v5 default_query_exec_mode=exec", modPgx5, pgx5("exec"), wire.OneTrip, wire.OneTrip, wire.OneTrip, wire.Named, closeSync},
	{"pgx v5 default_query_exec_mode=simple_protocol", modPgx5, pgx5("simple_protocol"), wire.Simple, wire.Simple, wire.Simple, wire.Named, closeSync},
	{"pgx v5 stdlib by default", modPgx5, pgx5std(""), wire.Named, wire.Named, wire.Named, wire.Named, closeSync},
	{"pgx v5 stdlib default_query_exec_mode=exec", modPgx5, pgx5std("exec"), wire.OneTrip, wire.OneTrip, wire.OneTrip, wire.Named, closeSync},
	{"pgx v4 by default", modPgx4, pgx4native(""), wire.Named, wire.Named, wire.Named, wire.Named, deallocate},
	{"pgx v4 statement_cache_mode=describe", modPgx4, pgx4native("statement_cache_mode=describe"), wire.OneTrip, wire.OneTrip, wire.OneTrip, wire.Named, deallocate},
	{"pgx v4 statement_cache_capacity=0", modPgx4, pgx4native("statement_cache_capacity=0"), wire.TwoTrips, wire.TwoTrips, wire.TwoTrips, wire.Named, deallocate},
	{"pgx v4 prefer_simple_protocol=true", modPgx4, pgx4native("prefer_simple_protocol=true"), wire.Simple, wire.Simple, wire.Simple, wire.Named, deallocate},
	{"pgx v4 stdlib by default", modPgx4, pgx4stdlib, wire.Named, wire.Named, wire.Named, wire.Named, deallocate},
	{"lib/pq by default", modPq, opened("postgres", ""), wire.Simple, wire.TwoTrips, wire.TwoTrips, wire.Named, closeSync},
	{"lib/pq binary_parameters=yes", modPq, opened("postgres", "&binary_parameters=yes"), wire.Simple, wire.OneTrip, wire.OneTrip, wire.Named, closeSync},
	{"pgdriver", modPgdriver, opened("pg", ""), wire.Simple, wire.Simple, wire.Simple, wire.Named, closeFlush},
	{"go-pg", goPg, gopg, wire.Simple, wire.Simple, wire.Simple, wire.Named, closeFlush},
	{"gorm by default", modGorm, gormWith(gorm.Config{}, postgres.Config{}), wire.Named, wire.Named, wire.Named, wire.Named, closeSync},
	{"gorm PreferSimpleProtocol", modGorm, gormWith(gorm.Config{}, postgres.Config{PreferSimpleProtocol: true}), wire.Simple, wire.Simple, wire.Simple, wire.Named, closeSync},
}

func pgx5(mode string) func(*testing.T, string) caller {
	return func(t *testing.T, dsn string) caller {
		if mode != "" {
			dsn += "&default_query_exec_mode=" + mode
		}
		ctx := context.Background()
		c, err := pgx.Connect(ctx, dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close(ctx) })
		query := func(text string, args ...any) (n int, err error) {
			err = c.QueryRow(ctx, text, args...).Scan(&n)
			return n, err
		}
		return caller{query,
			func(text string, args ...any) error {
				_, err := c.Exec(ctx, text, args...)
				return err
			},
			func(text string) (func(args ...any) (int, error), func() error, error) {
				_, err := c.Prepare(ctx, "mine", text)
				return func(args ...any) (int, error) { return query("mine", args...) },
					func() error { return c.Deallocate(ctx, "mine") }, err
			}}
	}
}

func pgx4native(options string) func(*testing.T, string) caller {
	return func(t *testing.T, dsn string) caller {
		ctx := context.Background()
		c, err := pgx4.Connect(ctx, dsn+"&"+options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close(ctx) })
		query := func(text string, args ...any) (n int, err error) {
			err = c.QueryRow(ctx, text, args...).Scan(&n)
			return n, err
		}
		return caller{query,
			func(text string, args ...any) error {
				_, err := c.Exec(ctx, text, args...)
				return err
			},
			func(text string) (func(args ...any) (int, error), func() error, error) {
				_, err := c.Prepare(ctx, "mine", text)
				return func(args ...any) (int, error) { return query("mine", args...) },
					func() error { return c.Deallocate(ctx, "mine") }, err
			}}
	}
}

func pgx5std(mode string) func(*testing.T, string) caller {
	return func(t *testing.T, dsn string) caller { return standard(t, pgx5db(t, dsn, mode), nil) }
}

// pgx5db is a database/sql pool over pgx v5 in a mode.
func pgx5db(t *testing.T, dsn, mode string) *sql.DB {
	t.Helper()
	if mode != "" {
		dsn += "&default_query_exec_mode=" + mode
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDB(*config)
	t.Cleanup(func() { db.Close() })
	return db
}

func pgx4stdlib(t *testing.T, dsn string) caller {
	config, err := pgx4.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return standard(t, pgx4std.OpenDB(*config), nil)
}

func opened(driver, options string) func(*testing.T, string) caller {
	return func(t *testing.T, dsn string) caller {
		db, err := sql.Open(driver, dsn+options)
		return standard(t, db, err)
	}
}

func gopg(t *testing.T, dsn string) caller {
	options, err := pg.ParseURL(dsn)
	if err != nil {
		t.Fatal(err)
	}
	options.PoolSize = 1
	db := pg.Connect(options)
	t.Cleanup(func() { db.Close() })
	return caller{
		query: func(text string, args ...any) (n int, err error) {
			_, err = db.QueryOne(pg.Scan(&n), text, args...)
			return n, err
		},
		exec: func(text string, args ...any) error {
			_, err := db.Exec(text, args...)
			return err
		},
		prepare: func(text string) (func(args ...any) (int, error), func() error, error) {
			stmt, err := db.Prepare(text)
			if err != nil {
				return nil, nil, err
			}
			return func(args ...any) (n int, err error) {
				_, err = stmt.QueryOne(pg.Scan(&n), args...)
				return n, err
			}, stmt.Close, nil
		},
	}
}

// gormOpen opens gorm on a DSN.
func gormOpen(t *testing.T, dsn string, config gorm.Config, dialect postgres.Config) *gorm.DB {
	t.Helper()
	if dialect.Conn == nil {
		dialect.DSN = dsn
	}
	db, err := gorm.Open(postgres.New(dialect), &config)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { pool.Close() })
	return db
}

func gormWith(config gorm.Config, dialect postgres.Config) func(*testing.T, string) caller {
	return func(t *testing.T, dsn string) caller {
		db := gormOpen(t, dsn, config, dialect)
		pool, err := db.DB()
		c := standard(t, pool, err)
		c.query = func(text string, args ...any) (n int, err error) {
			err = db.Raw(text, args...).Row().Scan(&n)
			return n, err
		}
		c.exec = func(text string, args ...any) error { return db.Exec(text, args...).Error }
		return c
	}
}

// What makes named statements, whatever the driver's mode.
var preparers = []struct {
	name, module string
	run          func(t *testing.T, dsn string)
	want         wire.Class
}{
	{"gorm PrepareStmt, over PreferSimpleProtocol too", modGorm, func(t *testing.T, dsn string) {
		db := gormOpen(t, dsn, gorm.Config{PrepareStmt: true}, postgres.Config{PreferSimpleProtocol: true})
		one(t, db.Raw("select 1").Row())
	}, wire.Named},
	{"gorm PreferSimpleProtocol beside Conn has no effect: it", modGorm, func(t *testing.T, dsn string) {
		db := gormOpen(t, dsn, gorm.Config{}, postgres.Config{PreferSimpleProtocol: true, Conn: pgx5db(t, dsn, "")})
		one(t, db.Raw("select 1").Row())
	}, wire.Named},
	{"squirrel StmtCache over pgx v5 in mode exec", modSquirrel, func(t *testing.T, dsn string) {
		cache := squirrel.NewStmtCache(pgx5db(t, dsn, "exec"))
		one(t, squirrel.Select("1").RunWith(cache).QueryRow())
	}, wire.Named},
	{"pgx v5 Query in the default mode with QueryExecModeExec", modPgx5, func(t *testing.T, dsn string) {
		inMode(t, dsn, "cache_statement", func(ctx context.Context, c *pgx.Conn) error {
			var n int
			return c.QueryRow(ctx, "select $1::int", pgx.QueryExecModeExec, 1).Scan(&n)
		})
	}, wire.OneTrip},
	{"pgx v5 SendBatch in the default mode", modPgx5, batchIn("cache_statement"), wire.Named},
	{"pgx v5 SendBatch in mode exec", modPgx5, batchIn("exec"), wire.OneTrip},
	{"pgx v5 CopyFrom in the default mode", modPgx5, copyIn("cache_statement"), wire.Named},
	{"pgx v5 CopyFrom in mode simple_protocol", modPgx5, copyIn("simple_protocol"), wire.Simple},
}

func TestWhatPreparesWhateverTheMode(t *testing.T) { atEachRecorded(t, preparesWhateverTheMode) }

func preparesWhateverTheMode(t *testing.T, at recorded) {
	for _, test := range preparers {
		t.Run(test.name, func(t *testing.T) {
			p := at.record(t)
			test.run(t, at.dsn(p))
			heard := p.Take()
			if got := wire.ClassOf(heard); got != test.want {
				t.Errorf("%s, want %s: %s", got, test.want, wire.Trace(heard))
			}
			prove(t, sectionDrivers, test.name+" is "+string(test.want), of(test.module)+", "+at.name)
		})
	}
}

func one(t *testing.T, row interface{ Scan(...any) error }) {
	t.Helper()
	var n int
	if err := row.Scan(&n); err != nil {
		t.Fatal(err)
	}
}

// inMode connects with pgx v5 in a mode.
func inMode(t *testing.T, dsn, mode string, f func(context.Context, *pgx.Conn) error) {
	t.Helper()
	if err := withPgx5(t, dsn+"&default_query_exec_mode="+mode, f); err != nil {
		t.Fatal(err)
	}
}

func batchIn(mode string) func(*testing.T, string) {
	return func(t *testing.T, dsn string) {
		inMode(t, dsn, mode, func(ctx context.Context, c *pgx.Conn) error {
			b := &pgx.Batch{}
			b.Queue("select $1::int", 1)
			return c.SendBatch(ctx, b).Close()
		})
	}
}

// copyIn copies with pgx v5, which asks for the columns' types first.
func copyIn(mode string) func(*testing.T, string) {
	return func(t *testing.T, dsn string) {
		inMode(t, dsn, mode, func(ctx context.Context, c *pgx.Conn) error {
			_, err := c.CopyFrom(ctx, pgx.Identifier{"item"}, []string{"name"}, pgx.CopyFromRows([][]any{{"a"}}))
			return err
		})
	}
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return strings.ToLower(word)
}

package conformance

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/go-pg/pg/v10"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	gormpostgres "gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// A packet is what a connection's startup packet has besides user and database.
type packet struct {
	claim, module string
	env           string // NAME=value
	run           func(t *testing.T, dsn string) error
	want          map[string]string
	refused       string // by the server, as the error says
}

var packets = []packet{
	{"pgx v5 sends no parameter of its own", modPgx5, "", connect("pgx/v5", ""), nil, ""},
	{"pgx v5 sends keys that it does not know", modPgx5, "", connect("pgx/v5", "&search_path=public&statement_timeout=5000"),
		map[string]string{"search_path": "public", "statement_timeout": "5000"}, ""},
	{"pgx v5 sends PGOPTIONS", modPgx5, "PGOPTIONS=-c work_mem=8MB", connect("pgx/v5", ""), map[string]string{"options": "-c work_mem=8MB"}, ""},
	{"pgx v5 sends PGTZ", modPgx5, "PGTZ=UTC", connect("pgx/v5", ""), map[string]string{"timezone": "UTC"}, ""},
	{"pgx v5 without its pool sends pool_max_conns, and the server refuses", modPgx5, "", connect("pgx/v5", "&pool_max_conns=4"),
		map[string]string{"pool_max_conns": "4"}, "unrecognized configuration parameter"},
	{"pgx v5 sends pgx v4's statement_cache_mode, and the server refuses", modPgx5, "", connect("pgx/v5", "&statement_cache_mode=describe"),
		map[string]string{"statement_cache_mode": "describe"}, "unrecognized configuration parameter"},
	{"pgx v5 sends pgx v4's prefer_simple_protocol, and the server refuses", modPgx5, "", connect("pgx/v5", "&prefer_simple_protocol=true"),
		map[string]string{"prefer_simple_protocol": "true"}, "unrecognized configuration parameter"},
	{"pgx v5 sends lib/pq's binary_parameters, and the server refuses", modPgx5, "", connect("pgx/v5", "&binary_parameters=yes"),
		map[string]string{"binary_parameters": "yes"}, "unrecognized configuration parameter"},
	{"pgxpool keeps pool_max_conns to itself", modPgx5, "", func(t *testing.T, dsn string) error {
		pool, err := pgxpool.New(context.Background(), dsn+"&pool_max_conns=1")
		if err != nil {
			return err
		}
		defer pool.Close()
		return pool.Ping(context.Background())
	}, nil, ""},
	{"pgx v4 sends no parameter of its own", modPgx4, "", connect("pgx/v4", ""), nil, ""},
	{"pgx v4 does not send PGOPTIONS", modPgx4, "PGOPTIONS=-c work_mem=8MB", connect("pgx/v4", ""), nil, ""},
	{"pgx v4 sends pgx v5's default_query_exec_mode, and the server refuses", modPgx4, "", connect("pgx/v4", "&default_query_exec_mode=exec"),
		map[string]string{"default_query_exec_mode": "exec"}, "unrecognized configuration parameter"},
	{"lib/pq sends client_encoding and datestyle", modPq, "", connect("postgres", ""), pqAlways(nil), ""},
	{"lib/pq sends keys that it does not know", modPq, "", connect("postgres", "&search_path=public"), pqAlways(map[string]string{"search_path": "public"}), ""},
	{"lib/pq sends options", modPq, "", connect("postgres", "&options=-c%20work_mem=8MB"), pqAlways(map[string]string{"options": "-c work_mem=8MB"}), ""},
	{"lib/pq sends neither tz nor geqo nor PGTZ", modPq, "PGTZ=UTC", connect("postgres", "&tz=Asia/Tokyo&geqo=off"), pqAlways(nil), ""},
	{"lib/pq sends pgx's default_query_exec_mode, and the server refuses", modPq, "", connect("postgres", "&default_query_exec_mode=exec"),
		pqAlways(map[string]string{"default_query_exec_mode": "exec"}), "unrecognized configuration parameter"},
	{"pgdriver sends application_name and no other key", modPgdriver, "", connect("pg", "&application_name=a&statement_timeout=5000"),
		map[string]string{"application_name": "a"}, ""},
	{"go-pg sends application_name", goPg, "", func(t *testing.T, dsn string) error {
		options, err := pg.ParseURL(dsn + "&application_name=a")
		if err != nil {
			return err
		}
		db := pg.Connect(options)
		defer db.Close()
		return db.Ping(context.Background())
	}, map[string]string{"application_name": "a"}, ""},
	{"gorm sends TimeZone twice", modGorm, "", func(t *testing.T, dsn string) error {
		gormOpen(t, dsn+"&TimeZone=UTC", gorm.Config{}, gormpostgres.Config{})
		return nil
	}, map[string]string{"TimeZone": "UTC", "timezone": "UTC"}, ""},
}

func TestStartupParametersOnTheWire(t *testing.T) {
	for _, s := range packets {
		t.Run(s.claim, func(t *testing.T) {
			if name, value, ok := strings.Cut(s.env, "="); ok {
				t.Setenv(name, value)
			}
			p := recorded{addr: upstream.Addr}.record(t)
			err := s.run(t, dsn(p.Addr))
			switch {
			case s.refused == "" && err != nil:
				t.Fatal(err)
			case s.refused != "" && (err == nil || !strings.Contains(err.Error(), s.refused)):
				t.Errorf("%v, want %s", err, s.refused)
			}
			heard := p.Take()
			if len(heard) == 0 || heard[0].Type != wire.Startup {
				t.Fatalf("no startup packet: %s", wire.Trace(heard))
			}
			got := heard[0].Params
			delete(got, "user")
			delete(got, "database")
			if !maps.Equal(got, s.want) {
				t.Errorf("%v, want %v", got, s.want)
			}
			prove(t, sectionLibraries, s.claim, of(s.module))
		})
	}
}

func TestGoPgRefusesUnknownKeys(t *testing.T) {
	if _, err := pg.ParseURL(dsn("localhost:1") + "&search_path=public"); err == nil {
		t.Error("go-pg takes search_path")
	}
	prove(t, sectionLibraries, "go-pg refuses a connection string with keys that it does not know", of(goPg))
}

func pqAlways(more map[string]string) map[string]string {
	all := map[string]string{"client_encoding": "UTF8", "datestyle": "ISO, MDY"}
	maps.Copy(all, more)
	return all
}

package driver

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

const (
	dd1Path = "gopkg.in/DataDog/dd-trace-go.v1/contrib"
	dd2Path = "github.com/DataDog/dd-trace-go/contrib"
)

// What opens the driver of another, with the libraries' own signatures.
func TestWrappers(t *testing.T) {
	libs := map[string]string{
		sqlPath: "package sql; type DB struct{}; func (*DB) Driver() any { return nil }; func Open(driverName, dsn string) (*DB, error) { return nil, nil }; func Register(name string, driver any) {}",
		pqPath:  "package pq; type Driver struct{}; type Config struct{}",
		"contrib.go.opencensus.io/integrations/ocsql":       "package ocsql; func Register(driverName string, options ...any) (string, error) { return \"\", nil }; func RegisterWithSource(driverName, source string, options ...any) (string, error) { return \"\", nil }",
		"github.com/newrelic/go-agent/v3/integrations/nrpq": "package nrpq",
		"github.com/qustavo/sqlhooks/v2":                    "package sqlhooks; func Wrap(driver, hooks any) any { return nil }",
		"go.elastic.co/apm/module/apmsql":                   "package apmsql; const DriverPrefix = \"apm/\"; func Open(driverName, dataSourceName string) (any, error) { return nil, nil }; func Wrap(driver any, opts ...any) any { return nil }; func Register(name string, driver any, opts ...any) {}",
		"go.elastic.co/apm/module/apmsql/v2":                "package apmsql; func Open(driverName, dataSourceName string) (any, error) { return nil, nil }",
		"go.nhat.io/otelsql":                                "package otelsql; func Register(driverName string, options ...any) (string, error) { return \"\", nil }",
		"github.com/uptrace/opentelemetry-go-extra/otelsql": "package otelsql; func Open(driverName, dsn string, opts ...any) (any, error) { return nil, nil }",
		"github.com/pressly/goose/v3":                       "package goose; func OpenDBWithDriver(driver, dbstring string) (any, error) { return nil, nil }",
		"github.com/simukti/sqldb-logger":                   "package sqldblogger; func OpenDriver(dsn string, drv any, lg any, opt ...any) any { return nil }",
		"github.com/aws/aws-xray-sdk-go/xray":               "package xray; func SQLContext(driver, dsn string) (any, error) { return nil, nil }",
		"gocloud.dev/postgres":                              "package postgres; func Open(ctx any, urlstr string) (any, error) { return nil, nil }",
		"cloud.google.com/go/cloudsqlconn/postgres/pgxv5":   "package pgxv5; func RegisterDriver(name string, opts ...any) (func() error, error) { return nil, nil }",
		dd1Path + "/database/sql":                           "package sql; func Open(driverName, dsn string, opts ...any) (any, error) { return nil, nil }",
		dd2Path + "/jackc/pgx.v5/v2":                        "package pgx; func NewPool(ctx any, connString string, opts ...any) (any, error) { return nil, nil }",
	}
	const named, split = effect.NamedStatement, effect.SplitStatement
	tests := []struct {
		imports, body string
		want          effect.Kind
	}{
		{`"go.nhat.io/otelsql"; "database/sql"`, `name, _ := otelsql.Register("postgres"); sql.Open(name, dsn)`, split},
		{`"contrib.go.opencensus.io/integrations/ocsql"; "database/sql"`, `name, _ := ocsql.Register("postgres"); sql.Open(name, dsn)`, split},
		{`"contrib.go.opencensus.io/integrations/ocsql"; "database/sql"`, `name, _ := ocsql.RegisterWithSource("pgx", dsn); sql.Open(name, dsn)`, named},
		{`_ "github.com/newrelic/go-agent/v3/integrations/nrpq"; "database/sql"`, `sql.Open("nrpostgres", dsn)`, split},
		{`"github.com/qustavo/sqlhooks/v2"; "database/sql"; "github.com/lib/pq"`, `sql.Register("hooked", sqlhooks.Wrap(&pq.Driver{}, nil)); sql.Open("hooked", dsn)`, split},
		{`"go.elastic.co/apm/module/apmsql"`, `apmsql.Open("postgres", dsn)`, split},
		{`"go.elastic.co/apm/module/apmsql/v2"`, `apmsql.Open("pgx/v5", dsn)`, named},
		{`"go.elastic.co/apm/module/apmsql/v2"`, `apmsql.Open("mysql", dsn)`, ""},
		{`"go.elastic.co/apm/module/apmsql"; "database/sql"; "github.com/lib/pq"`, `sql.Register("own", apmsql.Wrap(&pq.Driver{})); sql.Open("own", dsn)`, split},
		{`"github.com/uptrace/opentelemetry-go-extra/otelsql"`, `otelsql.Open("pgx", dsn)`, named},
		{`"github.com/pressly/goose/v3"`, `goose.OpenDBWithDriver("postgres", dsn)`, named},
		{`"github.com/pressly/goose/v3"`, `goose.OpenDBWithDriver("sqlite3", dsn)`, ""},
		{`"github.com/simukti/sqldb-logger"; "github.com/lib/pq"`, `sqldblogger.OpenDriver(dsn, &pq.Driver{}, nil)`, split},
		{`"github.com/simukti/sqldb-logger"; "github.com/lib/pq"`, `d := &pq.Driver{}; sqldblogger.OpenDriver(dsn, d, nil)`, split},
		{`"github.com/simukti/sqldb-logger"; "database/sql"`, `db, _ := sql.Open("pgx", ""); sqldblogger.OpenDriver(dsn, db.Driver(), nil)`, named},
		{`"github.com/aws/aws-xray-sdk-go/xray"`, `xray.SQLContext("postgres", dsn)`, split},
		{`"gocloud.dev/postgres"`, `postgres.Open(nil, dsn)`, split},
		{`"cloud.google.com/go/cloudsqlconn/postgres/pgxv5"; "database/sql"`, `pgxv5.RegisterDriver("cloud"); sql.Open("cloud", dsn)`, named},
		{`sqltrace "` + dd1Path + `/database/sql"`, `sqltrace.Open("postgres", dsn)`, split},
		{`pgxtrace "` + dd2Path + `/jackc/pgx.v5/v2"`, `pgxtrace.NewPool(nil, dsn)`, named},
	}
	for _, test := range tests {
		src := "package app; import (" + test.imports + "); func Open(dsn string) { " + test.body + " }"
		var got []effect.Kind
		for _, site := range scanned(t, src, libs) {
			got = append(got, site.Effect.Kind)
		}
		want := []effect.Kind{test.want}
		if test.want == "" {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", test.body, got, want)
		}
	}
}

// The module says which pgx a name stands for, where the package does not.
func TestPgxByModule(t *testing.T) {
	for mod, want := range map[string]string{
		"module a\nrequire github.com/jackc/pgx/v4 v4.18.3\n":                                                        "pgx v4",
		"module a\nrequire (\n\tgithub.com/jackc/pgx/v4 v4.18.3\n\tgithub.com/jackc/pgx/v5 v5.12.0 // indirect\n)\n": "cache_statement",
		"module a\n// require github.com/jackc/pgx/v4 v4.18.3\n":                                                     "cache_statement",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o666); err != nil {
			t.Fatal(err)
		}
		src := `package app; import "database/sql"; func Open(dsn string) { sql.Open("pgx", dsn) }`
		sites := scannedIn(t, filepath.Join(dir, "store"), src, map[string]string{sqlPath: fakeSQL})
		if len(sites) != 1 || !strings.Contains(sites[0].Effect.Words, want) {
			t.Errorf("%s: %+v, want %s", mod, sites, want)
		}
	}
}

package sqlflow

import (
	"path"
	"strings"
)

// databasePaths are the libraries that bring SQL to a database. A path counts
// with all that lies below it. database/sql/driver alone does not: value types
// such as google/uuid import it.
var databasePaths = stringSet("database/sql",
	"ariga.io/atlas", "entgo.io/ent", "gorm.io", "xorm.io",
	"github.com/Masterminds/squirrel", "github.com/aarondl/sqlboiler", "github.com/amacneil/dbmate",
	"github.com/cockroachdb/cockroach-go", "github.com/doug-martin/goqu", "github.com/georgysavva/scany",
	"github.com/go-gorp/gorp", "gopkg.in/gorp.v1", "gopkg.in/gorp.v2", "github.com/beego/beego/v2/client/orm",
	"github.com/go-jet/jet", "github.com/go-pg/pg", "github.com/gobuffalo/pop", "github.com/gocraft/dbr",
	"github.com/golang-migrate/migrate", "github.com/jackc/pgconn", "github.com/jackc/pgx", "github.com/jackc/pgxlisten",
	"github.com/jackc/tern", "github.com/jmoiron/sqlx", "github.com/vinovest/sqlx", "github.com/lib/pq", "github.com/pressly/goose",
	"github.com/riverqueue/river", "github.com/rubenv/sql-migrate", "github.com/stephenafamo/bob",
	"github.com/stephenafamo/scan", "github.com/upper/db", "github.com/uptrace/bun", "github.com/volatiletech/sqlboiler",
)

// isDatabasePath reports whether a package that imports path can run SQL.
func isDatabasePath(path string) bool {
	return path != "database/sql/driver" && under(path, func(p string) bool { return databasePaths[p] })
}

// under reports whether is holds for p or a folder above it.
func under(p string, is func(string) bool) bool {
	for {
		if is(p) {
			return true
		}
		i := strings.LastIndexByte(p, '/')
		if i < 0 {
			return false
		}
		p = p[:i]
	}
}

// Dialect is what an import or a file name tells about the database behind
// the SQL beside it.
type Dialect uint8

const (
	NoDialect    Dialect = iota // it tells nothing
	Postgres                    // PostgreSQL, or a database that speaks its protocol
	OtherDialect                // MySQL, SQLite, SQL Server, ClickHouse, Oracle, …
)

// dialectPaths are drivers and the parts of libraries that serve one database.
var dialectPaths = dialects(
	Postgres, `
	ariga.io/atlas/sql/postgres
	github.com/cockroachdb/cockroach-go
	github.com/doug-martin/goqu/v9/dialect/postgres
	github.com/fergusstrange/embedded-postgres
	github.com/go-jet/jet/v2/postgres
	github.com/go-pg/pg
	github.com/golang-migrate/migrate/v4/database/cockroachdb
	github.com/golang-migrate/migrate/v4/database/pgx
	github.com/golang-migrate/migrate/v4/database/postgres
	github.com/jackc/pgconn
	github.com/jackc/pgx
	github.com/jackc/pgxlisten
	github.com/jackc/tern
	github.com/lib/pq
	github.com/pashagolub/pgxmock
	github.com/riverqueue/river/riverdriver/riverpgxv5
	github.com/stephenafamo/bob/dialect/psql
	github.com/stephenafamo/bob/drivers/pgx
	github.com/upper/db/v4/adapter/cockroachdb
	github.com/upper/db/v4/adapter/postgresql
	github.com/uptrace/bun/dialect/pgdialect
	github.com/uptrace/bun/driver/pgdriver
	gorm.io/driver/postgres`,
	OtherDialect, `
	ariga.io/atlas/sql/mysql
	ariga.io/atlas/sql/sqlite
	cloud.google.com/go/bigquery
	cloud.google.com/go/spanner
	crawshaw.io/sqlite
	github.com/ClickHouse/ch-go
	github.com/ClickHouse/clickhouse-go
	github.com/SAP/go-hdb
	github.com/apache/cassandra-gocql-driver
	github.com/databricks/databricks-sql-go
	github.com/denisenkom/go-mssqldb
	github.com/dolthub/driver
	github.com/dolthub/go-mysql-server
	github.com/doug-martin/goqu/v9/dialect/mysql
	github.com/doug-martin/goqu/v9/dialect/sqlite3
	github.com/doug-martin/goqu/v9/dialect/sqlserver
	github.com/duckdb/duckdb-go
	github.com/glebarez/go-sqlite
	github.com/glebarez/sqlite
	github.com/go-jet/jet/v2/mysql
	github.com/go-jet/jet/v2/sqlite
	github.com/go-mysql-org/go-mysql
	github.com/go-sql-driver/mysql
	github.com/gocql/gocql
	github.com/godror/godror
	github.com/golang-migrate/migrate/v4/database/cassandra
	github.com/golang-migrate/migrate/v4/database/clickhouse
	github.com/golang-migrate/migrate/v4/database/firebird
	github.com/golang-migrate/migrate/v4/database/mysql
	github.com/golang-migrate/migrate/v4/database/snowflake
	github.com/golang-migrate/migrate/v4/database/spanner
	github.com/golang-migrate/migrate/v4/database/sqlite
	github.com/golang-migrate/migrate/v4/database/sqlite3
	github.com/golang-migrate/migrate/v4/database/sqlserver
	github.com/googleapis/go-sql-spanner
	github.com/ibmdb/go_ibm_db
	github.com/mailru/go-clickhouse
	github.com/marcboeker/go-duckdb
	github.com/mattn/go-oci8
	github.com/mattn/go-sqlite3
	github.com/microsoft/go-mssqldb
	github.com/nakagami/firebirdsql
	github.com/ncruces/go-sqlite3
	github.com/pingcap/tidb
	github.com/prestodb/presto-go-client
	github.com/riverqueue/river/riverdriver/riversqlite
	github.com/rqlite/gorqlite
	github.com/scylladb/gocqlx
	github.com/sijms/go-ora
	github.com/snowflakedb/gosnowflake
	github.com/stephenafamo/bob/dialect/mysql
	github.com/stephenafamo/bob/dialect/sqlite
	github.com/taosdata/driver-go
	github.com/trinodb/trino-go-client
	github.com/tursodatabase/go-libsql
	github.com/tursodatabase/libsql-client-go
	github.com/upper/db/v4/adapter/mssql
	github.com/upper/db/v4/adapter/mysql
	github.com/upper/db/v4/adapter/sqlite
	github.com/uptrace/bun/dialect/mssqldialect
	github.com/uptrace/bun/dialect/mysqldialect
	github.com/uptrace/bun/dialect/oracledialect
	github.com/uptrace/bun/dialect/sqlitedialect
	github.com/uptrace/bun/driver/sqliteshim
	github.com/vertica/vertica-sql-go
	github.com/ydb-platform/ydb-go-sdk
	gorm.io/driver/bigquery
	gorm.io/driver/clickhouse
	gorm.io/driver/mysql
	gorm.io/driver/sqlite
	gorm.io/driver/sqlserver
	modernc.org/sqlite
	zombiezen.com/go/sqlite`)

func dialects(a Dialect, as string, b Dialect, bs string) map[string]Dialect {
	m := map[string]Dialect{}
	for _, p := range strings.Fields(as) {
		m[p] = a
	}
	for _, p := range strings.Fields(bs) {
		m[p] = b
	}
	return m
}

// dialectOfImport returns the dialect of the database that an import serves.
// database/sql, sqlx and their like serve any.
func dialectOfImport(importPath string) Dialect {
	var d Dialect
	under(importPath, func(p string) bool { d = dialectPaths[p]; return d != NoDialect })
	return d
}

// These words in the name of a file or folder tell its dialect.
//
// Not included: oracle, which is also a source of prices, and vertica, which
// begins vertical. Their drivers' imports tell.
var (
	postgresWords = []string{"postgres", "pgsql", "psql", "pgx", "cockroach", "crdb"}
	otherWords    = []string{"mysql", "mariadb", "sqlite", "mssql", "sqlserver", "clickhouse", "snowflake", "bigquery",
		"cassandra", "gocql", "duckdb", "spanner"}
)

// dialectOfName returns what a file's path within its module says: the file's
// own name first, then the folders, the nearest first. A name with words of
// both sides says nothing.
func dialectOfName(file string) Dialect {
	for file = strings.ToLower(file); file != "." && file != "/" && file != ""; file = path.Dir(file) {
		base := path.Base(file)
		postgres, other := containsAny(base, postgresWords) || hasElement(base, "pg"), containsAny(base, otherWords)
		switch {
		case postgres && other:
			return NoDialect
		case postgres:
			return Postgres
		case other:
			return OtherDialect
		}
	}
	return NoDialect
}

// otherNames are further names of drivers and dialects, each whole.
var otherNames = stringSet("oracle", "godror", "goracle", "oci8", "ora", "hdb", "vertica", "tidb", "libsql", "trino",
	"presto", "firebirdsql", "go_ibm_db", "db2", "athena", "databricks", "dolt", "azuresql", "ql", "ql2", "ramsql", "n1ql",
	"csvq", "avatica", "taossql", "taosrestful", "impala", "hive", "exasol", "chhttp", "rqlite", "ydb")

// DialectOf returns the dialect that the name of a driver or a dialect stands
// for: "pgx", "sqlite3", "nrmysql".
func DialectOf(name string) Dialect {
	name = strings.ToLower(name)
	postgres := containsAny(name, postgresWords) || hasElement(name, "pg") || hasElement(name, "pq")
	other := containsAny(name, otherWords) || otherNames[name]
	switch {
	case postgres == other:
		return NoDialect
	case postgres:
		return Postgres
	}
	return OtherDialect
}

// DialectOfImport returns the dialect of the database that a package serves.
func DialectOfImport(importPath string) Dialect { return dialectOfImport(importPath) }

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// hasElement reports whether word is one of the parts of a file's name that
// dots, dashes and underscores divide.
func hasElement(name, word string) bool {
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '-' || r == '_' })
	for _, p := range parts {
		if p == word {
			return true
		}
	}
	return false
}

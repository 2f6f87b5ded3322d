package sqlflow

import (
	"path"
	"strings"
	"sync"

	"github.com/poolvet/poolvet/internal/library"
)

// databasePaths are the libraries that bring SQL to a database. A path counts
// with all that lies below it.
var databasePaths = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, lib := range library.All() {
		for p := range lib.Database.All() {
			m[p] = true
		}
	}
	return m
})

// isDatabasePath reports whether a package that imports path can run SQL.
func isDatabasePath(path string) bool {
	return path != library.SQLDriverPath && under(path, func(p string) bool { return databasePaths()[p] })
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
var dialectPaths = sync.OnceValue(func() map[string]Dialect {
	m := map[string]Dialect{}
	for _, lib := range library.All() {
		for p := range lib.Postgres.All() {
			m[p] = Postgres
		}
		for p := range lib.Other.All() {
			m[p] = OtherDialect
		}
	}
	return m
})

// dialectOfImport returns the dialect of the database that an import serves.
// database/sql, sqlx and their like serve any.
func dialectOfImport(importPath string) Dialect {
	var d Dialect
	under(importPath, func(p string) bool { d = dialectPaths()[p]; return d != NoDialect })
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

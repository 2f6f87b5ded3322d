// Package dialect tells for which database SQL is: by the imports and names of
// files, and by the tests of a dialect's name that lead to it.
package dialect

import (
	"path"
	"strings"
	"sync"

	"github.com/poolvet/poolvet/internal/library"
)

// Dialect is what an import or a file name tells about the database behind
// the SQL beside it.
type Dialect uint8

const (
	None     Dialect = iota // it tells nothing
	Postgres                // PostgreSQL, or a database that poolers of PostgreSQL's serve
	Other                   // MySQL, SQLite, …, and CockroachDB, which keeps its sessions without a pooler of PostgreSQL's
)

// dialectPaths are drivers and the parts of libraries that serve one database.
var dialectPaths = sync.OnceValue(func() map[string]Dialect {
	m := map[string]Dialect{}
	for _, lib := range library.All() {
		for p := range lib.Postgres.All() {
			m[p] = Postgres
		}
		for p := range lib.Other.All() {
			m[p] = Other
		}
	}
	return m
})

// OfImport returns the dialect of the database that an import serves.
// database/sql, sqlx and their like serve any.
func OfImport(importPath string) Dialect {
	var d Dialect
	library.Under(importPath, func(p string) bool { d = dialectPaths()[p]; return d != None })
	return d
}

// These words in the name of a file or folder tell its dialect.
//
// Not included: oracle, which is also a source of prices, and vertica, which
// begins vertical. Their drivers' imports tell.
var (
	postgresWords = []string{"postgres", "pgsql", "psql", "pgx"}
	otherWords    = []string{"mysql", "mariadb", "sqlite", "mssql", "sqlserver", "clickhouse", "snowflake", "bigquery",
		"cassandra", "gocql", "duckdb", "spanner", "cockroach", "crdb"}
)

// cockroachWords tell of CockroachDB, whose drivers and SQL are PostgreSQL's:
// imports say nothing, names do.
var cockroachWords = []string{"cockroach", "crdb"}

// ofFile returns what a file's path within its module says: the file's
// own name first, then the folders, the nearest first. A name with words of
// both sides says nothing.
func ofFile(file string) Dialect {
	d, _ := nearest(file)
	return d
}

// nearest also returns the name that says it.
func nearest(file string) (Dialect, string) {
	for file = strings.ToLower(file); file != "." && file != "/" && file != ""; file = path.Dir(file) {
		base := path.Base(file)
		postgres, other := containsAny(base, postgresWords) || hasElement(base, "pg"), containsAny(base, otherWords)
		switch {
		case postgres && other:
			return None, base
		case postgres:
			return Postgres, base
		case other:
			return Other, base
		}
	}
	return None, ""
}

// otherNames are further names of drivers and dialects, each whole.
var otherNames = wordSet("oracle", "godror", "goracle", "oci8", "ora", "hdb", "vertica", "tidb", "libsql", "trino",
	"presto", "firebirdsql", "go_ibm_db", "db2", "athena", "databricks", "dolt", "azuresql", "ql", "ql2", "ramsql", "n1ql",
	"csvq", "avatica", "taossql", "taosrestful", "impala", "hive", "exasol", "chhttp", "rqlite", "ydb")

// Named returns the dialect that the name of a driver or a dialect stands
// for: "pgx", "sqlite3", "nrmysql".
func Named(name string) Dialect {
	name = strings.ToLower(name)
	postgres := containsAny(name, postgresWords) || hasElement(name, "pg") || hasElement(name, "pq")
	other := containsAny(name, otherWords) || otherNames[name]
	switch {
	case postgres == other:
		return None
	case postgres:
		return Postgres
	}
	return Other
}

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

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

package library

// others are drivers of other databases.
var others = &Library{
	Name: "others",
	Other: `
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
		github.com/duckdb/duckdb-go
		github.com/glebarez/go-sqlite
		github.com/glebarez/sqlite
		github.com/go-mysql-org/go-mysql
		github.com/go-sql-driver/mysql
		github.com/gocql/gocql
		github.com/godror/godror
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
		github.com/rqlite/gorqlite
		github.com/scylladb/gocqlx
		github.com/sijms/go-ora
		github.com/snowflakedb/gosnowflake
		github.com/taosdata/driver-go
		github.com/trinodb/trino-go-client
		github.com/tursodatabase/go-libsql
		github.com/tursodatabase/libsql-client-go
		github.com/vertica/vertica-sql-go
		github.com/ydb-platform/ydb-go-sdk
		modernc.org/sqlite
		zombiezen.com/go/sqlite`,
}

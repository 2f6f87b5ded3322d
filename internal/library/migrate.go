package library

const (
	migrateAnyPath = "github.com/golang-migrate/migrate" // of every major
	MigratePath    = migrateAnyPath + "/v4"
)

// migrate is golang-migrate. https://pkg.go.dev/github.com/golang-migrate/migrate/v4
var migrate = &Library{
	Name: "migrate",
	Packages: []Package{
		{
			Path: MigratePath + "/source/iofs",
			Sinks: `
			-	0/files	New`,
		},
	},
	Database: migrateAnyPath,
	Postgres: `
		github.com/golang-migrate/migrate/v4/database/cockroachdb
		github.com/golang-migrate/migrate/v4/database/pgx
		github.com/golang-migrate/migrate/v4/database/postgres`,
	Other: `
		github.com/golang-migrate/migrate/v4/database/cassandra
		github.com/golang-migrate/migrate/v4/database/clickhouse
		github.com/golang-migrate/migrate/v4/database/firebird
		github.com/golang-migrate/migrate/v4/database/mysql
		github.com/golang-migrate/migrate/v4/database/snowflake
		github.com/golang-migrate/migrate/v4/database/spanner
		github.com/golang-migrate/migrate/v4/database/sqlite
		github.com/golang-migrate/migrate/v4/database/sqlite3
		github.com/golang-migrate/migrate/v4/database/sqlserver`,
}

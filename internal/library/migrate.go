package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	migrateAnyPath      = "github.com/golang-migrate/migrate" // of every major
	MigratePath         = migrateAnyPath + "/v4"
	MigrateDatabasePath = MigratePath + "/database"
	MigratePgx4Path     = MigrateDatabasePath + "/pgx"
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
		{
			Path: MigratePath,
			Rows: []Row{
				{Names: "New", Role: Does, Kind: effect.MigrationLock, Arg: 1, Why: migrateWhy, Check: MigrateOpens},
				{Names: "NewWithSourceInstance", Role: Does, Kind: effect.MigrationLock, Arg: 2, Why: migrateWhy, Check: MigrateOpens},
			},
		},
		{
			Path: MigrateDatabasePath + "/postgres",
			Rows: []Row{
				{Names: "WithInstance WithConnection", Role: Does, Kind: effect.MigrationLock, Why: migrateWhy},
			},
		},
		{
			Path: MigrateDatabasePath + "/pgx/v5",
			Rows: []Row{
				{Names: "WithInstance", Role: Does, Kind: effect.MigrationLock, Why: migrateWhy},
			},
		},
		{
			Path: MigratePgx4Path,
			Rows: []Row{
				{Names: "WithInstance", Role: Does, Kind: effect.MigrationLock, Why: migrateWhy, Check: MigratePgx4},
			},
			Configs: "Config",
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

// https://github.com/golang-migrate/migrate/blob/v4.20.1/database/postgres/postgres.go#L250
const migrateWhy = "golang-migrate never looks whether the unlock succeeded"

const (
	MigrateOpens Check = "the URL of golang-migrate"
	MigratePgx4  Check = "the configuration of golang-migrate's driver for pgx v4"
)

// MigrateSchemes are the drivers of golang-migrate's by the scheme of its URL.
var MigrateSchemes = map[string]*Driver{
	"postgres":   Pq,
	"postgresql": Pq,
	"pgx5":       Pgx5,
	"pgx":        Pgx4,
	"pgx4":       Pgx4,
}

// MigrateOthers are the modules of the drivers that golang-migrate has for
// other databases.
const MigrateOthers Words = `github.com/go-sql-driver/mysql github.com/mattn/go-sqlite3 modernc.org/sqlite
	github.com/ClickHouse/clickhouse-go github.com/ClickHouse/clickhouse-go/v2 github.com/microsoft/go-mssqldb
	github.com/denisenkom/go-mssqldb cloud.google.com/go/spanner go.mongodb.org/mongo-driver github.com/gocql/gocql
	github.com/snowflakedb/gosnowflake github.com/neo4j/neo4j-go-driver github.com/nakagami/firebirdsql`

package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	GormPath         = "gorm.io/gorm"
	GormDriversPath  = "gorm.io/driver"
	GormPostgresPath = GormDriversPath + "/postgres"
)

// gorm is an ORM, whose driver for PostgreSQL is pgx v5.
// https://pkg.go.dev/gorm.io/driver/postgres
var gorm = &Library{
	Name: "gorm",
	Packages: []Package{
		{
			Path: GormPath,
			Sinks: `
				DB	0	Raw Exec
				DB	0/fragment	Where Or Not Having Joins InnerJoins Select Order Group Table Pluck
				DB	1/fragment	First Take Last Find Delete FirstOrInit FirstOrCreate
				-	0/fragment	Expr
				ConnPool,PreparedStmtDB,PreparedStmtTX	1	ExecContext QueryContext QueryRowContext
				ConnPool	1/prepares	PrepareContext
				Interface	0	Raw
				Interface	1	Exec
				ChainInterface,CreateInterface	0/fragment	Where Or Not Having Select Order Group`,
			Handles:   map[string]Handle{"PreparedStmtTX": Tx},
			Callbacks: []Callback{{"DB.Transaction", 0, Tx}, {"DB.Connection", 0, Conn}},
			Begins:    "DB.Begin",
			Results:   "DB",
			Rows: []Row{
				{Names: "Open", Role: Does, Kind: effect.NamedStatement, Check: GormOpen},
				{Names: "DB.Session", Role: Does, Kind: effect.NamedStatement, Check: GormSession},
			},
			Configs: "Config Session",
		},
		{
			Path: GormPath + "/clause",
			Sinks: `
				Expr,NamedExpr	field/fragment	SQL`,
		},
		{
			Path: GormPostgresPath,
			Rows: []Row{
				{Names: "Open", Role: Opens, Arg: 0, Driver: Pgx5},
				{Names: "New", Role: Does, Check: GormNew},
			},
			Configs: "Config",
		},
	},
	Database: "gorm.io",
	Postgres: GormPostgresPath,
	Other: `
		gorm.io/driver/bigquery
		gorm.io/driver/clickhouse
		gorm.io/driver/mysql
		gorm.io/driver/sqlite
		gorm.io/driver/sqlserver`,
	Keeps: "gorm.io/",
}

const (
	GormNew     Check = "the configuration of gorm's postgres.New"
	GormOpen    Check = "the configuration of gorm's Open"
	GormSession Check = "the configuration of gorm's Session"
)

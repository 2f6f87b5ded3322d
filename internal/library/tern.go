package library

import "github.com/poolvet/poolvet/internal/effect"

const ternPath = "github.com/jackc/tern"

// tern migrates schemas. https://pkg.go.dev/github.com/jackc/tern/v2/migrate
var tern = &Library{
	Name: "tern",
	Packages: []Package{
		{
			Path: ternPath + "/v2/migrate",
			Sinks: `
				Migrator	1	AppendMigration
				Migrator	2	AppendMigration
				Migrator	0/files	LoadMigrations
				-	2	LockExecTx
				Migration	field	UpSQL DownSQL`,
			Rows: []Row{
				{Names: "NewMigrator NewMigratorEx", Role: Does, Kind: effect.MigrationLock,
					Why: "tern also runs RESET ALL after every migration"},
			},
		},
	},
	Database: ternPath,
	Postgres: ternPath,
}

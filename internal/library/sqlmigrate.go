package library

const sqlMigratePath = "github.com/rubenv/sql-migrate"

// sqlmigrate is sql-migrate. https://pkg.go.dev/github.com/rubenv/sql-migrate
var sqlmigrate = &Library{
	Name: "sqlmigrate",
	Packages: []Package{
		{
			Path: sqlMigratePath,
			Sinks: `
				SqlExecutor	0	Exec
				Migration	field	Up Down
				EmbedFileSystemMigrationSource	field/files	FileSystem`,
			Takings: []Taking{{Names: "Exec ExecMax", Uses: migrates}},
		},
	},
	Database: sqlMigratePath,
}

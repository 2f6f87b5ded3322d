package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	gooseAnyPath = "github.com/pressly/goose" // of every major
	goosePath    = gooseAnyPath + "/v3"
)

// goose migrates schemas. https://pkg.go.dev/github.com/pressly/goose/v3
var goose = &Library{
	Name: "goose",
	Packages: []Package{
		{
			Path: goosePath,
			Sinks: `
				-	0/files	SetBaseFS
				-	2/files	NewProvider`,
			Rows: []Row{
				{Names: "OpenDBWithDriver", Role: Opens, Arg: 1, Named: 0, OpensAs: map[string]string{"postgres": "pgx", "redshift": "pgx"}},
			},
			Takings: []Taking{{Uses: migrates, Names: `Up UpTo UpByOne Down DownTo Redo Reset EnsureDBVersion GetDBVersion Version
				UpContext UpToContext UpByOneContext DownContext DownToContext RedoContext ResetContext EnsureDBVersionContext GetDBVersionContext VersionContext`}},
		},
		{
			Path: goosePath + "/lock",
			Rows: []Row{
				{Names: "NewPostgresSessionLocker", Role: Does, Kind: effect.MigrationLock,
					Remedy: "use NewPostgresTableLocker, or a direct connection", Check: GooseLocks},
			},
		},
	},
	Database: gooseAnyPath,
}

const GooseLocks Check = "what goose has to lock with"

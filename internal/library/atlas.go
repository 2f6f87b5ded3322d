package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	atlasPath    = "ariga.io/atlas"
	AtlasSQLPath = atlasPath + "/sql"
)

// atlas inspects and migrates schemas. https://pkg.go.dev/ariga.io/atlas/sql/schema
var atlas = &Library{
	Name: "atlas",
	Packages: []Package{
		{
			Path: AtlasSQLPath + "/schema",
			Sinks: `
				ExecQuerier	1	ExecContext QueryContext`,
			Rows: []Row{
				{Names: "Locker.Lock", Role: Does, Kind: effect.MigrationLock, Check: AtlasLocks,
					Why: "atlas also sets search_path by set_config while it inspects"},
			},
		},
	},
	Database: atlasPath,
	Postgres: AtlasSQLPath + "/postgres",
	Other:    AtlasSQLPath + "/mysql " + AtlasSQLPath + "/sqlite",
}

// AtlasLocks: its Driver of sql/postgres is a Locker; opening one locks nothing.
const AtlasLocks Check = "which database atlas locks"

package library

const (
	atlasPath    = "ariga.io/atlas"
	AtlasSQLPath = atlasPath + "/sql"
)

// atlas is atlas. https://pkg.go.dev/ariga.io/atlas/sql/schema
var atlas = &Library{
	Name: "atlas",
	Packages: []Package{
		{
			Path: AtlasSQLPath + "/schema",
			Sinks: `
			ExecQuerier	1	ExecContext QueryContext`,
		},
	},
	Database: atlasPath,
	Postgres: AtlasSQLPath + "/postgres",
	Other:    AtlasSQLPath + "/mysql " + AtlasSQLPath + "/sqlite",
}

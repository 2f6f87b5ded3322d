package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	jetAnyPath = "github.com/go-jet/jet" // of every major
	jetPath    = jetAnyPath + "/v2"
)

// jet builds SQL and runs it. https://pkg.go.dev/github.com/go-jet/jet/v2
var jet = &Library{
	Name: "jet",
	Packages: []Package{
		{
			Path: jetPath + "/postgres",
			Sinks: `
				-	0	RawStatement
				-	0/fragment	Raw RawBool RawInt RawFloat RawString RawTime RawTimez RawTimestamp RawTimestampz RawDate`,
		},
		{
			Path: jetPath + "/qrm",
			Sinks: `
				-	2	Query QueryJsonObj QueryJsonArr
				Queryable	1	QueryContext
				Executable	1	ExecContext`,
		},
		{
			Path: jetPath + "/stmtcache",
			Rows: []Row{
				{Names: "New", Role: Does, Kind: effect.NamedStatement, Remedy: cacheRemedy},
			},
		},
	},
	Database: jetAnyPath,
	Postgres: jetPath + "/postgres",
	Other:    jetPath + "/mysql " + jetPath + "/sqlite",
}

package library

const uptracePath = "github.com/uptrace/opentelemetry-go-extra/otelsql"

// uptrace traces what database/sql runs.
// https://pkg.go.dev/github.com/uptrace/opentelemetry-go-extra/otelsql
var uptrace = &Library{
	Name: "uptrace",
	Read: "v0.3.2",
	Packages: []Package{
		{
			Path: uptracePath,
			Rows: opensByName,
			Takings: []Taking{
				{Names: "OpenDB", Gives: true},
				{Names: "ReportDBStatsMetrics"},
			},
		},
	},
}

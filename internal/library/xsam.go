package library

const xsamPath = "github.com/XSAM/otelsql"

// xsam traces what database/sql runs. https://pkg.go.dev/github.com/XSAM/otelsql
var xsam = &Library{
	Name: "xsam",
	Packages: []Package{
		{
			Path: xsamPath,
			Rows: opensByName,
			Takings: []Taking{
				{Names: "OpenDB", Gives: true},
				{Names: "RegisterDBStatsMetrics"},
			},
			OpensAsIs: true,
			Renames:   "Register",
		},
	},
}

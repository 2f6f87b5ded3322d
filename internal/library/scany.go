package library

const scanyPath = "github.com/georgysavva/scany"

// scany reads rows into values. https://pkg.go.dev/github.com/georgysavva/scany/v2
var scany = &Library{
	Name: "scany",
	Packages: []Package{
		{
			Path:  scanyPath + "/v2/pgxscan",
			Older: []string{scanyPath + "/pgxscan"},
			Sinks: `
				-,API	3	Get Select
				Querier	1	Query`,
		},
		{
			Path:  scanyPath + "/v2/sqlscan",
			Older: []string{scanyPath + "/sqlscan"},
			Sinks: `
				-,API	3	Get Select
				Querier	1	QueryContext`,
		},
	},
	Database: scanyPath,
}

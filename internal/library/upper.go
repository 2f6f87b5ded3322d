package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	upperAnyPath = "github.com/upper/db" // of every major
	upperPath    = upperAnyPath + "/v4"
)

// upper is upper/db. https://pkg.go.dev/github.com/upper/db/v4
var upper = &Library{
	Name: "upper",
	Packages: []Package{
		{
			Path: upperPath,
			Sinks: `
				SQL	0	Exec Query QueryRow Iterator
				SQL	1	ExecContext QueryContext QueryRowContext IteratorContext
				SQL	0/prepares	Prepare
				SQL	1/prepares	PrepareContext
				-	0/fragment	Raw`,
			Callbacks: []Callback{{"Session.Tx", 0, Tx}},
			Rows: []Row{
				{Names: "Settings.SetPreparedStatementCache", Role: Does, Kind: effect.NamedStatement, Remedy: cacheRemedy, Check: UpperCache},
			},
		},
	},
	Database: upperAnyPath,
	Postgres: upperPath + "/adapter/cockroachdb " + upperPath + "/adapter/postgresql",
	Other: `
		github.com/upper/db/v4/adapter/mssql
		github.com/upper/db/v4/adapter/mysql
		github.com/upper/db/v4/adapter/sqlite`,
	Marks: upperAnyPath,
}

const UpperCache Check = "whether upper/db's cache of statements is on"

package library

const (
	cockroachPath = "github.com/cockroachdb/cockroach-go"
	crdbPath      = cockroachPath + "/v2/crdb"
)

// crdb is what retries transactions for CockroachDB.
// https://pkg.go.dev/github.com/cockroachdb/cockroach-go/v2/crdb
var crdb = &Library{
	Name: "crdb",
	Packages: []Package{
		{
			Path: crdbPath,
			Sinks: `
				Tx	1	Exec`,
			Handles:   map[string]Handle{"Tx": Tx},
			Callbacks: []Callback{{"ExecuteTx", 3, Tx}},
		},
		{
			Path:      crdbPath + "/crdbgorm",
			Callbacks: []Callback{{"ExecuteTx", 3, Tx}},
		},
		{
			Path:      crdbPath + "/crdbpgxv5",
			Callbacks: []Callback{{"ExecuteTx", 3, Tx}},
		},
	},
	Database: cockroachPath,
	Postgres: cockroachPath,
}

package library

const (
	gorpAnyPath = "github.com/go-gorp/gorp" // of every major
	gorpPath    = gorpAnyPath + "/v3"
)

// gorp maps structs to tables. https://pkg.go.dev/github.com/go-gorp/gorp/v3
var gorp = &Library{
	Name: "gorp",
	Packages: []Package{
		{
			Path:  gorpPath,
			Older: []string{gorpAnyPath, "gopkg.in/gorp.v2", "gopkg.in/gorp.v1"},
			Sinks: `
				DbMap,Transaction,SqlExecutor	0	Exec Query QueryRow SelectInt SelectFloat SelectStr
				DbMap,Transaction,SqlExecutor	0	SelectNullInt SelectNullFloat SelectNullStr
				DbMap,Transaction,SqlExecutor	1	Select SelectOne
				DbMap,Transaction	0/prepares	Prepare
				-	1	SelectInt SelectFloat SelectStr SelectNullInt SelectNullFloat SelectNullStr
				-	3	SelectOne`,
			Handles: map[string]Handle{"DbMap": Pool, "Transaction": Tx},
		},
	},
	Database: gorpAnyPath + " gopkg.in/gorp.v1 gopkg.in/gorp.v2",
}

package library

const (
	goquAnyPath = "github.com/doug-martin/goqu" // of every major
	goquPath    = goquAnyPath + "/v9"
)

// goqu builds SQL and runs it. https://pkg.go.dev/github.com/doug-martin/goqu/v9
var goqu = &Library{
	Name: "goqu",
	Packages: []Package{
		{
			Path:  goquPath,
			Older: []string{goquAnyPath + "/v8"},
			Sinks: `
				Database,TxDatabase	0	Exec Query QueryRow
				Database,TxDatabase	1	ExecContext QueryContext QueryRowContext ScanStruct ScanStructs ScanVal ScanVals
				Database,TxDatabase	2	ScanStructContext ScanStructsContext ScanValContext ScanValsContext
				Database,TxDatabase	0/prepares	Prepare
				Database,TxDatabase	1/prepares	PrepareContext
				SQLDatabase,SQLTx	1	ExecContext QueryContext QueryRowContext
				SQLDatabase,SQLTx	1/prepares	PrepareContext
				-	0/fragment	L Literal`,
			Handles:   map[string]Handle{"Database": Pool, "TxDatabase": Tx},
			Callbacks: []Callback{{"Database.WithTx", 0, Tx}},
		},
	},
	Database: goquAnyPath,
	Postgres: goquPath + "/dialect/postgres",
	Other: `
		github.com/doug-martin/goqu/v9/dialect/mysql
		github.com/doug-martin/goqu/v9/dialect/sqlite3
		github.com/doug-martin/goqu/v9/dialect/sqlserver`,
}

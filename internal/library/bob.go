package library

const (
	bobPath    = "github.com/stephenafamo/bob"
	bobPgxPath = bobPath + "/drivers/pgx"
)

// bob builds SQL and runs it. The methods of its Tx for pgx are promoted from its connection.
// https://pkg.go.dev/github.com/stephenafamo/bob
var bob = &Library{
	Name: "bob",
	Packages: []Package{
		{
			Path: bobPath,
			Sinks: `
				DB,Tx,Conn	1	QueryContext
				DB,Tx,Conn	1/prepares	PrepareContext
				Executor	1	ExecContext
				Preparer	1/prepares	PrepareContext`,
			Handles:   map[string]Handle{"DB": Pool, "Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"DB.RunInTx", 2, Tx}},
			Rows:      opensByName,
			OpensAsIs: true,
		},
		{
			Path: bobPath + "/dialect/psql",
			Sinks: `
				-	0	RawQuery
				-	0/fragment	Raw`,
		},
		{
			Path: bobPgxPath,
			Sinks: `
				Pool,PoolConn,Conn	1	ExecContext QueryContext`,
			Handles:   map[string]Handle{"Pool": Pool, "PoolConn": Conn, "Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"Pool.AcquireFunc", 1, Conn}},
		},
	},
	Database: bobPath,
	Postgres: bobPath + "/dialect/psql " + bobPgxPath,
	Other:    bobPath + "/dialect/mysql " + bobPath + "/dialect/sqlite",
}

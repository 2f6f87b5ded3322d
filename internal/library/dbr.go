package library

const (
	dbrAnyPath = "github.com/gocraft/dbr" // of every major
	dbrPath    = dbrAnyPath + "/v2"
)

// dbr builds SQL and runs it. https://pkg.go.dev/github.com/gocraft/dbr/v2
var dbr = &Library{
	Name: "dbr",
	Packages: []Package{
		{
			Path:  dbrPath,
			Older: []string{dbrAnyPath},
			Sinks: `
				Session,Tx,SessionRunner,-	0	SelectBySql InsertBySql UpdateBySql DeleteBySql
				Runner	1	ExecContext QueryContext
				-	0/fragment	Expr
				SelectStmt,UpdateStmt,DeleteStmt	0/fragment	Where
				SelectStmt	0/fragment	Having Suffix
				SelectStmt	1/fragment	Join LeftJoin RightJoin FullJoin`,
			Handles:   map[string]Handle{"Connection": Pool, "Session": Pool, "Tx": Tx},
			Rows:      opensByName,
			OpensAsIs: true,
		},
	},
	Database: dbrAnyPath,
}

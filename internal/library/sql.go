package library

const (
	SQLPath       = "database/sql"
	SQLDriverPath = SQLPath + "/driver"
)

// databaseSQL is database/sql. Of its package driver the importers are no users of
// a database: value types such as google/uuid import it.
var databaseSQL = &Library{
	Name: "sql",
	Packages: []Package{
		{
			Path: SQLPath,
			Sinks: `
				DB,Tx	0	Exec Query QueryRow
				DB,Tx,Conn	1	ExecContext QueryContext QueryRowContext
				DB,Tx	0/prepares	Prepare
				DB,Tx,Conn	1/prepares	PrepareContext`,
			Handles: map[string]Handle{"DB": Pool, "Conn": Conn, "Tx": Tx},
			Results: "Result Rows Row Stmt",
			Rows: []Row{
				{Names: "Open", Role: Opens, Arg: 1, Named: 0},
				{Names: "Register", Role: Registers},
			},
			Takings:   []Taking{{Names: "OpenDB", Gives: true}},
			Methods:   true,
			OpensAsIs: true,
		},
		{
			Path: SQLDriverPath,
			Sinks: `
				Execer	0	Exec
				Queryer	0	Query
				ExecerContext	1	ExecContext
				QueryerContext	1	QueryContext
				Conn	0/prepares	Prepare
				ConnPrepareContext	1/prepares	PrepareContext`,
			Handles:    map[string]Handle{"Conn": Conn, "Tx": Tx},
			Results:    "Result Rows Stmt",
			HoldsHooks: true,
		},
	},
	Database: "database/sql",
}

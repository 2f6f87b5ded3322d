package library

const (
	entPath    = "entgo.io/ent"
	EntSQLPath = entPath + "/dialect/sql"
)

// ent is ent. The methods Exec of its Driver and Tx are promoted from Conn.
// https://pkg.go.dev/entgo.io/ent/dialect/sql
var ent = &Library{
	Name: "ent",
	Packages: []Package{
		{
			Path: entPath + "/dialect",
			Sinks: `
			ExecQuerier,DebugDriver,DebugTx	1	Exec Query
			DebugDriver,DebugTx	1	ExecContext QueryContext`,
			Handles: map[string]Handle{"Tx": Tx, "DebugTx": Tx},
		},
		{
			Path: EntSQLPath,
			Sinks: `
			Conn	1	Exec Query
			ExecQuerier	1	ExecContext QueryContext
			-	0/fragment	Raw Expr ExprP WithLockClause`,
			Handles: map[string]Handle{"Tx": Tx},
		},
	},
	Database: entPath,
}

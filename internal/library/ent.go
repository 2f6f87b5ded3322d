package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	entPath    = "entgo.io/ent"
	EntSQLPath = entPath + "/dialect/sql"
)

// ent is an ORM that generates code. The methods Exec of its Driver and Tx are promoted from Conn.
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
			Rows: []Row{
				{Names: "Open", Role: Opens, Arg: 1, Named: 0},
				{Names: "WithVar WithIntVar", Role: Does, Kind: effect.ConnectSet, Check: EntVar,
					Why: "ent runs it as SET before each query and RESET after, in a transaction as SET alone"},
			},
			OpensAsIs: true,
		},
	},
	Database: entPath,
}

// EntOpen is the function Open that ent generates into a program's own package.
var EntOpen = Row{Names: "Open", Role: Opens, Arg: 1, Named: 0}

const EntVar Check = "the variable of ent's WithVar"

package library

const (
	bunPath      = "github.com/uptrace/bun"
	PgdriverPath = bunPath + "/driver/pgdriver"
)

// bun is bun and its driver, which sends every query in the simple protocol.
// https://pkg.go.dev/github.com/uptrace/bun/driver/pgdriver
var bun = &Library{
	Name: "bun",
	Packages: []Package{
		{
			Path: bunPath,
			Sinks: `
			DB,Tx	0	Exec Query QueryRow
			DB,Tx,Conn,IConn	1	ExecContext QueryContext QueryRowContext
			DB	0/prepares	Prepare
			DB	1/prepares	PrepareContext
			DB,Tx,Conn,IDB	0	NewRaw
			-	1	NewRawQuery
			-	0/fragment	SafeQuery
			SelectQuery,InsertQuery,UpdateQuery,DeleteQuery,QueryBuilder,CreateIndexQuery	0/fragment	Where WhereOr
			SelectQuery,InsertQuery,UpdateQuery,DeleteQuery,MergeQuery	0/fragment	TableExpr ModelTableExpr
			SelectQuery	0/fragment	ColumnExpr DistinctOn Join JoinOn JoinOnOr GroupExpr Having OrderExpr For
			InsertQuery	0/fragment	ColumnExpr On Set Returning
			InsertQuery,UpdateQuery,ValuesQuery	1/fragment	Value
			UpdateQuery	0/fragment	Set Join JoinOn JoinOnOr OrderExpr Returning
			UpdateQuery	1/fragment	SetColumn
			DeleteQuery	0/fragment	OrderExpr Returning
			MergeQuery	0/fragment	On Using When Returning
			CreateTableQuery,AddColumnQuery	0/fragment	ColumnExpr`,
			Handles:   map[string]Handle{"DB": Pool, "Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"DB.RunInTx", 2, Tx}, {"Conn.RunInTx", 2, Tx}, {"Tx.RunInTx", 2, Tx}, {"IDB.RunInTx", 2, Tx}},
			Results:   "RawQuery Stmt",
		},
		{
			Path: PgdriverPath,
			Sinks: `
			Conn	0/prepares	Prepare
			Conn	1/prepares	PrepareContext
			Conn	1	ExecContext QueryContext
			-	3	CopyFrom CopyTo
			Listener	1/channel/all	Listen Unlisten`,
			Handles: map[string]Handle{"Conn": Conn, "Listener": Conn},
		},
		{
			Path: bunPath + "/migrate",
			Sinks: `
			Migrations	0/files	Discover`,
		},
	},
	Database: bunPath,
	Postgres: bunPath + "/dialect/pgdialect " + PgdriverPath,
	Other: `
		github.com/uptrace/bun/dialect/mssqldialect
		github.com/uptrace/bun/dialect/mysqldialect
		github.com/uptrace/bun/dialect/oracledialect
		github.com/uptrace/bun/dialect/sqlitedialect
		github.com/uptrace/bun/driver/sqliteshim`,
}

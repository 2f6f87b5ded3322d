package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	BunPath      = "github.com/uptrace/bun"
	PgdriverPath = BunPath + "/driver/pgdriver"
)

// bun is an ORM and its driver, which sends every query in the simple protocol.
// https://pkg.go.dev/github.com/uptrace/bun/driver/pgdriver
var bun = &Library{
	Name: "bun",
	Packages: []Package{
		{
			Path: BunPath,
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
			Handles:    map[string]Handle{"DB": Pool, "Conn": Conn, "Tx": Tx},
			Callbacks:  []Callback{{"DB.RunInTx", 2, Tx}, {"Conn.RunInTx", 2, Tx}, {"Tx.RunInTx", 2, Tx}, {"IDB.RunInTx", 2, Tx}},
			Results:    "RawQuery Stmt",
			Takings:    []Taking{{Names: "NewDB", Uses: []Use{{Rows: true}}}}, // writes arguments into the text
			PrepareWhy: closesWithoutSync,
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
			Rows: []Row{
				{Names: "WithDSN", Role: Parses, Arg: 0, Driver: Pgdriver},
				{Names: "WithConnParams", Role: Does, Kind: effect.ConnectSet, Check: ConnParams},
				{Names: "NewListener", Role: Does, Kind: effect.Listener},
			},
			Hooks: []Hook{
				{Owner: "Config", Names: "ResetSessionFunc", When: OnAcquire},
				{Names: "WithResetSessionFunc", When: OnAcquire},
			},
			Configures: true,
		},
		{
			Path: BunPath + "/migrate",
			Sinks: `
				Migrations	0/files	Discover`,
			Rows: []Row{
				{Names: `Migrator.CreateSQLMigrations Migrator.CreateTxSQLMigrations AutoMigrator.CreateSQLMigrations
					AutoMigrator.CreateTxSQLMigrations`, Role: Does, Kind: effect.ConnectSet, Check: BunTemplate,
					Why: "the files that it writes begin with SET statement_timeout = 0, for the session"},
			},
		},
	},
	Database: BunPath,
	Postgres: BunPath + "/dialect/pgdialect " + PgdriverPath,
	Other: `
		github.com/uptrace/bun/dialect/mssqldialect
		github.com/uptrace/bun/dialect/mysqldialect
		github.com/uptrace/bun/dialect/oracledialect
		github.com/uptrace/bun/dialect/sqlitedialect
		github.com/uptrace/bun/driver/sqliteshim`,
	Drivers: []*Driver{Pgdriver},
	Names:   map[string]*Driver{"pg": Pgdriver},
	Marks:   BunPath,
}

// Pgdriver has the session set what it does not read itself.
// https://github.com/uptrace/bun/blob/v1.2.18/driver/pgdriver/driver.go#L139
var Pgdriver = &Driver{
	Name: "pgdriver",
	ID:   "pgdriver",
	Path: PgdriverPath,
	Keys: `host application_name sslmode sslrootcert sslcert sslkey timeout dial_timeout connect_timeout
		read_timeout write_timeout`,
	Other: effect.ConnectSet,
}

const (
	ConnParams  Check = "the parameters of pgdriver's WithConnParams"
	BunTemplate Check = "the template of bun's migrations"
)

// closesWithoutSync is of the statements that bun and go-pg prepare.
const closesWithoutSync = "go-pg and pgdriver close it without a Sync, so that the pooler keeps the server connection busy"

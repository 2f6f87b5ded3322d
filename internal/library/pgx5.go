package library

const (
	PgxPath = "github.com/jackc/pgx" // of every major

	Pgx5Path     = PgxPath + "/v5"
	Pgxpool5Path = Pgx5Path + "/pgxpool"
	Pgconn5Path  = Pgx5Path + "/pgconn"
	Stdlib5Path  = Pgx5Path + "/stdlib"
)

// pgx5 is pgx v5, its pool and its driver for database/sql.
// https://pkg.go.dev/github.com/jackc/pgx/v5
var pgx5 = &Library{
	Name: "pgx5",
	Packages: []Package{
		{
			Path: Pgx5Path,
			Sinks: `
			Conn,Tx	1	Exec Query QueryRow
			Conn,Tx	2/prepares	Prepare
			Batch	0	Queue
			TxOptions	field	BeginQuery CommitQuery
			QueuedQuery	field	SQL`,
			Handles:   map[string]Handle{"Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"BeginFunc", 2, Tx}, {"BeginTxFunc", 3, Tx}},
			Results:   "Rows Row QueuedQuery",
		},
		{
			Path: Pgxpool5Path,
			Sinks: `
			Pool,Conn,Tx	1	Exec Query QueryRow
			Tx	2/prepares	Prepare`,
			Handles:   map[string]Handle{"Pool": Pool, "Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"Pool.AcquireFunc", 1, Conn}},
		},
		{
			Path: Pgconn5Path,
			Sinks: `
			PgConn	1	Exec ExecParams
			PgConn	2/prepares	Prepare
			PgConn	2	CopyTo CopyFrom
			Batch	0	ExecParams
			Pipeline	1/prepares	SendPrepare
			Pipeline	0	SendQueryParams`,
			Handles: map[string]Handle{"PgConn": Conn, "Pipeline": Conn},
			Results: "CommandTag StatementDescription MultiResultReader ResultReader",
		},
		{
			Path: Stdlib5Path,
			Sinks: `
			Conn	0/prepares	Prepare
			Conn	1/prepares	PrepareContext
			Conn	1	ExecContext QueryContext`,
			Handles: map[string]Handle{"Conn": Conn},
		},
	},
	Database: PgxPath,
	Postgres: PgxPath,
}

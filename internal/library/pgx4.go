package library

const (
	Pgx4Path     = PgxPath + "/v4"
	Pgxpool4Path = Pgx4Path + "/pgxpool"
	Stdlib4Path  = Pgx4Path + "/stdlib"
	Pgconn4Path  = "github.com/jackc/pgconn"
)

// pgx4 is pgx v4. https://pkg.go.dev/github.com/jackc/pgx/v4
var pgx4 = &Library{
	Name: "pgx4",
	Packages: []Package{
		{
			Path: Pgx4Path,
			Sinks: `
			Conn,Tx	1	Exec Query QueryRow QueryFunc
			Conn,Tx	2/prepares	Prepare
			Batch	0	Queue`,
			Handles:   map[string]Handle{"Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"Conn.BeginFunc", 1, Tx}, {"Conn.BeginTxFunc", 2, Tx}, {"Tx.BeginFunc", 1, Tx}},
			Results:   "Rows Row",
		},
		{
			Path: Pgxpool4Path,
			Sinks: `
			Pool,Conn,Tx	1	Exec Query QueryRow QueryFunc
			Tx	2/prepares	Prepare`,
			Handles: map[string]Handle{"Pool": Pool, "Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{
				{"Pool.AcquireFunc", 1, Conn}, {"Pool.BeginFunc", 1, Tx}, {"Pool.BeginTxFunc", 2, Tx},
				{"Conn.BeginFunc", 1, Tx}, {"Conn.BeginTxFunc", 2, Tx}, {"Tx.BeginFunc", 1, Tx},
			},
		},
		{
			Path: Stdlib4Path,
			Sinks: `
			Conn	0/prepares	Prepare
			Conn	1/prepares	PrepareContext
			Conn	1	ExecContext QueryContext`,
			Handles: map[string]Handle{"Conn": Conn},
		},
		{
			Path: Pgconn4Path,
			Sinks: `
			PgConn	1	Exec ExecParams
			PgConn	2/prepares	Prepare
			PgConn	2	CopyTo CopyFrom
			Batch	0	ExecParams`,
			Handles: map[string]Handle{"PgConn": Conn},
			Results: "CommandTag StatementDescription MultiResultReader ResultReader",
		},
	},
	Database: PgxPath + " " + Pgconn4Path,
	Postgres: PgxPath + " " + Pgconn4Path,
}

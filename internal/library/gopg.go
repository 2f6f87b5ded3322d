package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	gopgAnyPath = "github.com/go-pg/pg" // of every major
	GopgPath    = gopgAnyPath + "/v10"
)

// gopg is go-pg, which sends every query in the simple protocol. Its DB and Conn
// embed baseDB, so that their methods are its methods.
// https://pkg.go.dev/github.com/go-pg/pg/v10
var gopg = &Library{
	Name: "gopg",
	Packages: []Package{
		{
			Path:  GopgPath,
			Older: []string{gopgAnyPath + "/v9", gopgAnyPath},
			Sinks: `
				baseDB,Tx,DBI	0	Exec ExecOne
				baseDB,Tx,DBI	1	ExecContext ExecOneContext Query QueryOne CopyFrom CopyTo
				baseDB,Tx,DBI	2	QueryContext QueryOneContext
				baseDB,Tx	0/prepares	Prepare
				DB,Listener	1/channel/all	Listen
				Listener	1/channel/all	Unlisten
				-	0/fragment	SafeQuery`,
			Handles:   map[string]Handle{"DB": Pool, "Conn": Conn, "Tx": Tx, "Listener": Conn},
			Callbacks: []Callback{{"baseDB.RunInTransaction", 1, Tx}, {"Tx.RunInTransaction", 1, Tx}},
			Results:   "Result",
			Rows: []Row{
				{Names: "ParseURL", Role: Parses, Arg: 0, Driver: Gopg},
				{Names: "DB.Listen", Role: Does, Kind: effect.Listener},
			},
			Hooks: []Hook{
				{Owner: "Options", Names: "OnConnect", When: OnConnect},
			},
			PrepareWhy: closesWithoutSync,
		},
		{
			Path:  GopgPath + "/orm",
			Older: []string{gopgAnyPath + "/v9/orm", gopgAnyPath + "/orm"},
			Sinks: `
				DB	0	Exec ExecOne
				DB	1	ExecContext ExecOneContext Query QueryOne CopyFrom CopyTo
				DB	2	QueryContext QueryOneContext
				Query	0	Exec ExecOne
				Query	1	Query QueryOne CopyFrom CopyTo
				Query	0/fragment	Where WhereOr WhereIn WhereInMulti Having TableExpr ColumnExpr DistinctOn
				Query	0/fragment	Join JoinOn JoinOnOr GroupExpr OrderExpr OnConflict Returning Set For
				Query	1/fragment	Value
				-	0/fragment	SafeQuery`,
			Results: "Result",
		},
	},
	Database: gopgAnyPath,
	Postgres: gopgAnyPath,
	Drivers:  []*Driver{Gopg},
	Marks:    "github.com/go-pg/",
}

// Gopg refuses any other key.
// https://github.com/go-pg/pg/blob/v10.11.0/options.go#L252
var Gopg = &Driver{
	Name:  "go-pg",
	ID:    "go-pg",
	Path:  GopgPath,
	Keys:  "sslmode application_name connect_timeout",
	Other: effect.DeadOption,
}

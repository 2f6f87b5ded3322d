package library

const (
	popAnyPath = "github.com/gobuffalo/pop" // of every major
	popPath    = popAnyPath + "/v6"
)

// pop is an ORM. Its store is the interface of Connection.Store, which has no name
// outside. https://pkg.go.dev/github.com/gobuffalo/pop/v6
var pop = &Library{
	Name: "pop",
	Packages: []Package{
		{
			Path:  popPath,
			Older: []string{popAnyPath + "/v5", popAnyPath},
			Sinks: `
				Connection,Query	0	RawQuery
				Connection,Query	0/fragment	Where Order
				Query	0/fragment	Having
				Query	1/fragment	Join LeftJoin RightJoin LeftOuterJoin RightOuterJoin InnerJoin
				store	0	Exec NamedExec NamedQuery
				store	1	ExecContext NamedExecContext NamedQueryContext Get Select
				store	2	GetContext SelectContext
				store	0/prepares	PrepareNamed
				store	1/prepares	PrepareNamedContext
				Tx	1	NamedQueryContext`,
			Handles:   map[string]Handle{"Tx": Tx},
			Callbacks: []Callback{{"Connection.Transaction", 0, Tx}},
			Begins:    "Connection.NewTransaction Connection.NewTransactionContext Connection.NewTransactionContextOptions",
			Results:   "Query",
		},
	},
	Database: popAnyPath,
}

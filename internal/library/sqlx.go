package library

const (
	SqlxPath     = "github.com/jmoiron/sqlx"
	vinovestPath = "github.com/vinovest/sqlx"
)

// sqlx extends database/sql, as does a fork of it, which has more.
// https://pkg.go.dev/github.com/jmoiron/sqlx
// https://pkg.go.dev/github.com/vinovest/sqlx
var sqlx = &Library{
	Name:     "sqlx",
	Packages: []Package{sqlxPackage(SqlxPath), vinovest},
	Database: SqlxPath + " " + vinovestPath,
	Marks:    SqlxPath + " " + vinovestPath,
}

var vinovest = func() Package {
	p := sqlxPackage(vinovestPath)
	p.Sinks += `
		-	1	One List
		-	2	OneContext ListContext
		-	1/prepares	PrepareNamed
		-	2/prepares	PrepareNamedContext
		Queryable	0	MustExec NamedExec NamedQuery QueryRow
		Queryable	1	MustExecContext NamedExecContext QueryRowContext Get Select
		Queryable	2	GetContext SelectContext
		Queryable	0/prepares	Preparex PrepareNamed
		Queryable	1/prepares	PreparexContext PrepareNamedContext`
	p.Results += " GenericStmt GenericNamedStmt"
	p.Callbacks = []Callback{{"Transact", 1, Tx}, {"TransactContext", 2, Tx}}
	p.Takings = append(p.Takings, Taking{Names: "Transact TransactContext", Tx: true})
	return p
}()

func sqlxPackage(path string) Package {
	return Package{
		Path: path,
		Sinks: `
			DB,Tx	0	MustExec NamedExec NamedQuery Queryx QueryRowx
			DB,Tx	1	MustExecContext NamedExecContext Get Select
			DB	1	NamedQueryContext
			DB,Tx,Conn	1	QueryxContext QueryRowxContext
			DB,Tx,Conn	2	GetContext SelectContext
			DB,Tx	0/prepares	Preparex PrepareNamed
			DB,Tx	1/prepares	PrepareNamedContext
			DB,Tx,Conn	1/prepares	PreparexContext
			-	1	MustExec NamedExec NamedQuery
			-	2	MustExecContext NamedExecContext NamedQueryContext Get Select
			-	3	GetContext SelectContext
			-	1/prepares	Preparex
			-	2/prepares	PreparexContext
			Execer	0	Exec
			ExecerContext	1	ExecContext
			Queryer	0	Query Queryx QueryRowx
			QueryerContext	1	QueryContext QueryxContext QueryRowxContext
			Preparer	0/prepares	Prepare
			PreparerContext	1/prepares	PrepareContext`,
		Handles: map[string]Handle{"DB": Pool, "Conn": Conn, "Tx": Tx},
		Results: "Rows Row Stmt NamedStmt",
		Rows: []Row{
			{Names: "Open Connect MustConnect MustOpen", Role: Opens, Arg: 1, Named: 0},
			{Names: "ConnectContext", Role: Opens, Arg: 2, Named: 1},
		},
		Takings:   []Taking{{Names: "NewDb", Gives: true}},
		Methods:   true,
		OpensAsIs: true,
	}
}

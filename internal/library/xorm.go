package library

import "github.com/poolvet/poolvet/internal/effect"

const xormPath = "xorm.io/xorm"

// xorm is an ORM. Of sqlOrArgs ...any the first is the text, the rest are bound.
// https://pkg.go.dev/xorm.io/xorm
var xorm = &Library{
	Name: "xorm",
	Packages: []Package{
		{
			Path: xormPath,
			Sinks: `
				Engine,EngineGroup,Session,Interface	0	Query QueryInterface QueryString
				Engine,Session,Interface	0	Exec
				Session	0	QuerySliceString
				Engine,Session,Interface	0	SQL
				Engine,Session,Interface	0/fragment	Where
				Session	0/fragment	And Or Having Select
				Interface	0/fragment	Select
				Engine,Session	1/fragment	SetExpr`,
			Handles:   map[string]Handle{"Engine": Pool, "EngineGroup": Pool},
			Callbacks: []Callback{{"Engine.Transaction", 0, Tx}},
			Rows: []Row{
				{Names: "NewEngine NewEngineWithParams", Role: Opens, Arg: 1, Named: 0},
				{Names: "Engine.Prepare Session.Prepare", Role: Does, Kind: effect.NamedStatement, Remedy: cacheRemedy},
			},
		},
		{
			Path: xormPath + "/core",
			Sinks: `
				DB,Tx	0	Query QueryRow QueryMap QueryStruct QueryRowMap QueryRowStruct ExecMap ExecStruct
				DB,Tx	1	ExecContext QueryContext QueryRowContext QueryMapContext QueryStructContext
				DB,Tx	1	QueryRowMapContext QueryRowStructContext ExecMapContext ExecStructContext
				DB,Tx	0/prepares	Prepare
				DB,Tx	1/prepares	PrepareContext
				Executer	1	ExecContext
				Queryer	1	QueryContext`,
			Handles: map[string]Handle{"DB": Pool, "Tx": Tx},
		},
		{
			Path: "xorm.io/builder",
			Sinks: `
				-	0/fragment	Expr`,
		},
	},
	Database: "xorm.io",
	Marks:    "xorm.io/",
}

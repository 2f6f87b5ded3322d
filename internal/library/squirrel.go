package library

import "github.com/poolvet/poolvet/internal/effect"

const squirrelPath = "github.com/Masterminds/squirrel"

// squirrel builds SQL. https://pkg.go.dev/github.com/Masterminds/squirrel
var squirrel = &Library{
	Name: "squirrel",
	Packages: []Package{
		{
			Path: squirrelPath,
			Sinks: `
				Execer	0	Exec
				Queryer	0	Query
				QueryRower	0	QueryRow
				StdSql	0	Exec Query QueryRow
				ExecerContext	1	ExecContext
				QueryerContext	1	QueryContext
				QueryRowerContext	1	QueryRowContext
				StdSqlCtx	1	ExecContext QueryContext QueryRowContext
				Preparer	0/prepares	Prepare
				PreparerContext	1/prepares	PrepareContext
				StmtCache	0/prepares	Exec Query QueryRow Prepare
				StmtCache	1/prepares	ExecContext QueryContext QueryRowContext PrepareContext
				-	0/fragment	Expr
				-	0/fragment/all	Select ConcatExpr
				StatementBuilderType	0/fragment/all	Select
				StatementBuilderType	0/fragment	Where
				SelectBuilder,InsertBuilder,UpdateBuilder,DeleteBuilder	0/fragment	Prefix Suffix
				SelectBuilder,UpdateBuilder,DeleteBuilder	0/fragment	Where
				SelectBuilder,UpdateBuilder,DeleteBuilder	0/fragment/all	OrderBy
				SelectBuilder	0/fragment	Column From Join CrossJoin InnerJoin LeftJoin RightJoin JoinClause Having OrderByClause
				SelectBuilder	0/fragment/all	Columns GroupBy Options
				CaseBuilder	0/fragment	When Else`,
			Results: "RowScanner",
			Rows: []Row{
				{Names: "NewStmtCache NewStmtCacher NewStmtCacheProxy", Role: Does, Kind: effect.NamedStatement, Remedy: cacheRemedy},
			},
		},
	},
	Database: squirrelPath,
}

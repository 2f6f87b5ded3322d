//go:build !cgo || darwin

package pgquery

import (
	pg "github.com/sqlc-dev/oliphant"
	"github.com/sqlc-dev/oliphant/parser"
)

// Implementation names the parser that this build links: a port of
// PostgreSQL's own to Go, for machines without a C compiler and for macOS,
// whose SDK 15.4 the C of the other no longer compiles against
// (https://github.com/pganalyze/pg_query_go/issues/132).
const Implementation = "oliphant (PostgreSQL " + PostgreSQL + ")"

// PostgreSQL is the version whose SQL it reads.
const PostgreSQL = "18"

// The nodes of the parse tree that are read by name; all others are walked.
type (
	Node               = pg.Node
	CallStmt           = pg.Node_CallStmt
	CommonTableExpr    = pg.Node_CommonTableExpr
	CopyStmt           = pg.Node_CopyStmt
	CreateFunctionStmt = pg.Node_CreateFunctionStmt
	CreateTableAsStmt  = pg.Node_CreateTableAsStmt
	DeclareCursorStmt  = pg.Node_DeclareCursorStmt
	DeleteStmt         = pg.Node_DeleteStmt
	ExecuteStmt        = pg.Node_ExecuteStmt
	ExplainStmt        = pg.Node_ExplainStmt
	FuncCall           = pg.FuncCall
	InsertStmt         = pg.Node_InsertStmt
	MergeStmt          = pg.Node_MergeStmt
	MergeWhenClause    = pg.Node_MergeWhenClause
	PrepareStmt        = pg.Node_PrepareStmt
	RangeVar           = pg.RangeVar
	RefreshMatViewStmt = pg.Node_RefreshMatViewStmt
	SelectStmt         = pg.Node_SelectStmt
	TableRef           = pg.Node_RangeVar
	TruncateStmt       = pg.Node_TruncateStmt
	UpdateStmt         = pg.Node_UpdateStmt
)

// How a parameter of a function is passed.
const (
	ParamOut      = pg.FunctionParameterMode_FUNC_PARAM_OUT
	ParamVariadic = pg.FunctionParameterMode_FUNC_PARAM_VARIADIC
	ParamTable    = pg.FunctionParameterMode_FUNC_PARAM_TABLE
)

type parserError = parser.Error

var (
	parseTree    = pg.Parse
	parsePlPgSQL = pg.ParsePlPgSqlToJSON
)

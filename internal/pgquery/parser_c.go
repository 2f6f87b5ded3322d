//go:build cgo && !darwin

package pgquery

import (
	pg "github.com/pganalyze/pg_query_go/v5"
	"github.com/pganalyze/pg_query_go/v5/parser"
)

// Implementation names the parser that this build links: PostgreSQL's own,
// in C. Two parsers in one binary register the same protobuf file and panic,
// so the build tags of the two files exclude each other.
const Implementation = "pg_query_go v5 (PostgreSQL " + PostgreSQL + ")"

// PostgreSQL is the version whose SQL it reads.
const PostgreSQL = "16"

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

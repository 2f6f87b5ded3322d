// Package postgres has the signatures of github.com/go-jet/jet/v2/postgres
// that take SQL text, as in postgres/expressions.go and postgres/statement.go
// of https://github.com/go-jet/jet. It does nothing.
package postgres

import (
	"context"
	"database/sql"

	"github.com/go-jet/jet/v2/qrm"
)

type Statement interface {
	Sql() (query string, args []interface{})
	QueryContext(ctx context.Context, db qrm.Queryable, destination interface{}) error
	ExecContext(ctx context.Context, db qrm.Executable) (sql.Result, error)
}

type (
	Expression           interface{}
	BoolExpression       interface{ Expression }
	IntegerExpression    interface{ Expression }
	FloatExpression      interface{ Expression }
	StringExpression     interface{ Expression }
	TimeExpression       interface{ Expression }
	TimezExpression      interface{ Expression }
	TimestampExpression  interface{ Expression }
	TimestampzExpression interface{ Expression }
	DateExpression       interface{ Expression }
)

type RawArgs = map[string]interface{}

func RawStatement(rawQuery string, namedArguments ...RawArgs) Statement { return nil }

// These are variables there too.
var (
	Raw = func(raw string, namedArgs ...map[string]interface{}) Expression { return nil }

	RawBool       = func(raw string, namedArgs ...map[string]interface{}) BoolExpression { return nil }
	RawInt        = func(raw string, namedArgs ...map[string]interface{}) IntegerExpression { return nil }
	RawFloat      = func(raw string, namedArgs ...map[string]interface{}) FloatExpression { return nil }
	RawString     = func(raw string, namedArgs ...map[string]interface{}) StringExpression { return nil }
	RawTime       = func(raw string, namedArgs ...map[string]interface{}) TimeExpression { return nil }
	RawTimez      = func(raw string, namedArgs ...map[string]interface{}) TimezExpression { return nil }
	RawTimestamp  = func(raw string, namedArgs ...map[string]interface{}) TimestampExpression { return nil }
	RawTimestampz = func(raw string, namedArgs ...map[string]interface{}) TimestampzExpression { return nil }
	RawDate       = func(raw string, namedArgs ...map[string]interface{}) DateExpression { return nil }
)

// Package qrm has the signatures of github.com/go-jet/jet/v2/qrm that take SQL
// text, as in qrm/qrm.go and qrm/db.go of https://github.com/go-jet/jet. It
// does nothing.
package qrm

import (
	"context"
	"database/sql"
)

type Queryable interface {
	QueryContext(ctx context.Context, query string, args ...interface{}) (*sql.Rows, error)
}

type Executable interface {
	ExecContext(ctx context.Context, query string, args ...interface{}) (sql.Result, error)
}

func Query(ctx context.Context, db Queryable, query string, args []interface{}, destPtr interface{}) (rowsProcessed int64, err error) {
	return 0, nil
}

func QueryJsonObj(ctx context.Context, db Queryable, query string, args []interface{}, destPtr interface{}) (rowsProcessed int64, err error) {
	return 0, nil
}

func QueryJsonArr(ctx context.Context, db Queryable, query string, args []interface{}, destPtr interface{}) (rowsProcessed int64, err error) {
	return 0, nil
}

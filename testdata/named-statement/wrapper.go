package namedstatement

import (
	"context"
	"database/sql/driver"
)

// A wrapper of a driver prepares what others ask for.
type traced struct{}

func (traced) ConnPrepareContext(ctx context.Context, conn driver.ConnPrepareContext, query string) (context.Context, driver.Stmt, error) { // want query:"carriesSQL"
	stmt, err := conn.PrepareContext(ctx, query)
	return ctx, stmt, err
}

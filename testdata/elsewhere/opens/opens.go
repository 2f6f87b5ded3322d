// Package opens does nothing but to call what opens a connection.
package opens

import (
	"context"

	"github.com/poolvet/poolvet/testdata/elsewhere/db"
)

func Open(ctx context.Context) {
	db.OpenPool(ctx, "postgres://h/shop?lock_timeout=5s") // want `lock_timeout in the connection string`
}

// Package jobs is behind no pooler, by a pattern: that counts more than the pattern
// of the package that made the pool.
package jobs

import (
	"context"

	"github.com/poolvet/poolvet/testdata/behind/analytics"
)

func run(ctx context.Context) {
	db, _ := analytics.Open(ctx, "")
	db.Exec(ctx, "SET ROLE a")
}

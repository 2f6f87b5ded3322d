// Package files has statements in files of all sorts.
package files

import (
	"context"
	"database/sql"
)

func ofAnother(ctx context.Context, db *sql.DB) { db.ExecContext(ctx, "SET ROLE roach") }

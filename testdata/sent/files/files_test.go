package files

import (
	"context"
	"database/sql"
	"testing"
)

func TestUse(t *testing.T) {
	var db *sql.DB
	db.ExecContext(context.Background(), "SET ROLE tester")
}

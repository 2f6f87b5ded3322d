package namedstatement

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
)

// A helper for tests opens as it likes.
func openForTest(t *testing.T) *pgxpool.Pool {
	pool, err := pgxpool.New(context.Background(), os.Getenv("TEST_DATABASE"))
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

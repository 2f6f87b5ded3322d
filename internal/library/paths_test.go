package library

import "testing"

func TestDatabasePaths(t *testing.T) {
	for path, want := range map[string]bool{
		"database/sql":                    true,
		"database/sql/driver":             false, // google/uuid
		"github.com/jackc/pgx/v5/pgxpool": true,
		"github.com/jackc/pgxutil":        false,
		"net/http":                        false,
	} {
		if got := IsDatabase(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	for path := range AllSinks().Funcs {
		if path != SQLDriverPath && !IsDatabase(path) {
			t.Errorf("%s has sinks and does not count as a database library", path)
		}
	}
}

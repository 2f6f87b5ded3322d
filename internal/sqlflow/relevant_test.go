package sqlflow

import "testing"

func TestMayWrap(t *testing.T) {
	for _, test := range []struct {
		path, imports string
		want          bool
	}{
		{"example.com/store", "database/sql", true},
		{"example.com/store", "github.com/jackc/pgx/v5/pgxpool", true},
		{"example.com/store", "net/http", false},
		{"github.com/google/uuid", "database/sql/driver", false},
		{"github.com/jackc/pgx/v5/stdlib", "database/sql", false},
		{"github.com/go-sql-driver/mysql", "database/sql", false},
		{"github.com/mattn/go-sqlite3", "database/sql", false},
	} {
		if got := MayWrap(test.path, []string{"context", test.imports}); got != test.want {
			t.Errorf("%s with %s: %v", test.path, test.imports, got)
		}
	}
}

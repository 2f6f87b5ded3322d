package driver

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/library"
)

// The driver of a migration is linked elsewhere: the module says which it can
// be.
func TestMigrateByModule(t *testing.T) {
	const pgModule, both = "module a\nrequire github.com/lib/pq v1.12.3\n",
		"module a\nrequire (\n\tgithub.com/jackc/pgx/v5 v5.12.0\n\tgithub.com/go-sql-driver/mysql v1.10.1\n)\n"
	libs := map[string]string{
		library.MigratePath:                        "package migrate; func New(sourceURL, databaseURL string) (any, error) { return nil, nil }",
		library.MigratePath + "/database/mysql":    "package mysql",
		library.MigratePath + "/database/postgres": "package postgres",
	}
	tests := []struct {
		mod, imports, arg string
		want              int
	}{
		{pgModule, "", "url", 1},
		{"module a\nrequire github.com/go-sql-driver/mysql v1.10.1\n", "", "url", 0},
		{"module a\n", "", "url", 0},
		{both, "", "url", 0},
		{both, "", "pgURL", 1},
		{both, `import _ "` + library.MigratePath + `/database/mysql";`, "pgURL", 0},
		{both, `import _ "` + library.MigratePath + `/database/mysql"; import _ "` + library.MigratePath + `/database/postgres";`, "url", 1},
		{pgModule, "", `"mysql://db/app"`, 0},
		{"module " + library.MigratePath + "\nrequire github.com/lib/pq v1.12.3\n", "", "url", 0}, // the lock's statement is in view
	}
	for _, test := range tests {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(test.mod), 0o666); err != nil {
			t.Fatal(err)
		}
		src := `package app; import "` + library.MigratePath + `"; ` + test.imports + ` func up(url, pgURL string) { migrate.New("file://m", ` + test.arg + `) }`
		got := 0
		for _, s := range scannedIn(t, dir, src, libs) {
			if s.Effect.Kind == effect.MigrationLock {
				got++
			}
		}
		if got != test.want {
			t.Errorf("%s%s migrate.New(%s): %d locks, want %d", test.mod, test.imports, test.arg, got, test.want)
		}
	}
}

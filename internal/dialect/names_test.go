package dialect

import "testing"

func TestDialects(t *testing.T) {
	for path, want := range map[string]Dialect{
		"github.com/lib/pq":                      Postgres,
		"github.com/jackc/pgx/v5/stdlib":         Postgres,
		"github.com/go-sql-driver/mysql":         Other,
		"github.com/ClickHouse/clickhouse-go/v2": Other,
		"gorm.io/driver/postgres":                Postgres,
		"gorm.io/driver/sqlite":                  Other,
		"gorm.io/gorm":                           None,
		"database/sql":                           None,
		"github.com/uptrace/bun":                 None,
	} {
		if got := OfImport(path); got != want {
			t.Errorf("import %s: %v, want %v", path, got, want)
		}
	}
	for file, want := range map[string]Dialect{
		"store/mysql/user.go":                     Other,
		"store/user_sqlite.go":                    Other,
		"store/user_sqlite3_test.go":              Other,
		"riverdriver/riversqlite/driver.go":       Other,
		"store/postgres/mysql_compat.go":          Other,
		"mysql/postgres.go":                       Postgres,
		"storage/crdb/queue.go":                   Other,
		"store/cockroach_postgres.go":             None,
		"store/pg/user.go":                        Postgres,
		"store/pg_user.go":                        Postgres,
		"store/page/user.go":                      None,
		"tools/mysql2postgres/copy.go":            None,
		"layout/vertical.go":                      None,
		"services/oracle/job.go":                  None,
		"store/user.go":                           None,
		"":                                        None,
		"/":                                       None,
		"pkg/drivers/pgsql/pgsql.go":              Postgres,
		"common/persistence/cassandra/mutable.go": Other,
	} {
		if got := ofFile(file); got != want {
			t.Errorf("file %s: %v, want %v", file, got, want)
		}
	}
}

func TestDriversByTheirWholeNames(t *testing.T) {
	for name, want := range map[string]Dialect{
		"ora": Other, "oci8": Other, "godror": Other, "rqlite": Other, "ql": Other, "nrmysql": Other,
		"orange": None, "sql": None, "pq": Postgres, "nrpgx": Postgres, "cloudsql-postgres": Postgres, "mysql2pgx": None,
	} {
		if got := Named(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

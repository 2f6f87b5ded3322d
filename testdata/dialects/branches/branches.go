// Package branches serves several databases, and asks for which before it
// speaks to one.
package branches

import (
	"errors"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/dialect/pgdialect"
	"gorm.io/gorm"
)

func ifElse(db *bun.DB) {
	var query string
	if db.Dialect().Name() == dialect.PG {
		query = "CREATE TEMP TABLE b AS SELECT 1" // want `CREATE TEMP TABLE b.*\(temp-object\)`
	} else {
		query = "CREATE TEMP TABLE c AS SELECT 1"
	}
	db.Exec(query)
}

func switched(db *sqlx.DB) {
	switch db.DriverName() {
	case "mysql", "mariadb":
		db.Exec("SET SESSION lock_timeout = 1")
	case "postgres", "pgx":
		db.Exec("SET SESSION lock_timeout = 2") // want `SET SESSION lock_timeout.*\(set-parameter\)`
	case "sqlite3":
		create := "CREATE TEMP TABLE s AS SELECT 1"
		db.Exec(create)
	case "mysql8", "postgres16": // neither is a name that is known
		db.Exec("SET SESSION lock_timeout = 3") // want `SET SESSION lock_timeout.*\(set-parameter\)`
	default:
		db.Exec("SET SESSION lock_timeout = 4") // want `SET SESSION lock_timeout.*\(set-parameter\)`
	}
}

func tagless(db *gorm.DB, kind string) {
	switch {
	case kind == "sqlite":
		db.Exec("CREATE TEMP TABLE t AS SELECT 1")
	case strings.HasPrefix(kind, "postgres"):
		db.Exec("CREATE TEMP TABLE t AS SELECT 1") // want `CREATE TEMP TABLE t.*\(temp-object\)`
	}
	if db.Dialector.Name() == "sqlite" || db.Name() == "mysql" {
		db.Exec("CREATE TEMP TABLE u AS SELECT 1")
	}
	if db.Name() != "postgres" && kind != "" {
		db.Exec("CREATE TEMP TABLE v AS SELECT 1")
	}
	if !(db.Name() == "sqlite") {
		db.Exec("CREATE TEMP TABLE w AS SELECT 1") // want `CREATE TEMP TABLE w.*\(temp-object\)`
	}
}

var errOther = errors.New("not for this database")

func guarded(db *sqlx.DB, driver string) error {
	if driver != "postgres" {
		db.Exec("CREATE TEMP TABLE before AS SELECT 1")
		return errOther
	}
	db.Exec("CREATE TEMP TABLE after AS SELECT 1") // want `CREATE TEMP TABLE after.*\(temp-object\)`
	return nil
}

func guardedFrom(db *sqlx.DB, driver string) {
	if driver == "postgres" {
		return
	}
	db.Exec("CREATE TEMP TABLE other AS SELECT 1")
}

// Dialect is a type of the project's own, with constants of its own.
type Dialect int

const (
	Unknown Dialect = iota
	MySQL
	SQLite
	PostgreSQL
)

func (d Dialect) isPostgres() bool { return d == PostgreSQL }

var byDialect = map[Dialect]string{
	SQLite:     "CREATE TEMP TABLE m AS SELECT 1",
	PostgreSQL: "CREATE TEMP TABLE m AS SELECT 2", // want `CREATE TEMP TABLE m.*\(temp-object\)`
}

var byName = map[string][]string{
	"mysql":    {"SET SESSION lock_timeout = 1"},
	"postgres": {"SET SESSION lock_timeout = 2"}, // want `SET SESSION lock_timeout.*\(set-parameter\)`
}

var steps = []struct{ dialect, sql string }{ // want sql:"carriesSQL"
	{"sqlite3", "CREATE TEMP TABLE st AS SELECT 1"},
	{"postgres", "CREATE TEMP TABLE st AS SELECT 2"}, // want `CREATE TEMP TABLE st.*\(temp-object\)`
}

func typed(db *sqlx.DB, d Dialect) {
	if d == MySQL {
		db.Exec("SET SESSION lock_timeout = 1")
	}
	if d.isPostgres() {
		db.Exec("SET SESSION lock_timeout = 2") // want `SET SESSION lock_timeout.*\(set-parameter\)`
	} else {
		db.Exec("SET SESSION lock_timeout = 3")
	}
	db.Exec(byDialect[d])
	for _, q := range byName[db.DriverName()] {
		db.Exec(q)
	}
	for _, s := range steps {
		if s.dialect == db.DriverName() {
			db.Exec(s.sql)
		}
	}
	switch d {
	case SQLite:
		initLite(db)
	case PostgreSQL:
		initPost(db)
	}
}

func initLite(db *sqlx.DB) { db.Exec("CREATE TEMP TABLE called AS SELECT 1") }

func initPost(db *sqlx.DB) {
	db.Exec("CREATE TEMP TABLE called AS SELECT 1") // want `CREATE TEMP TABLE called.*\(temp-object\)`
}

func types(db *bun.DB) {
	switch db.Dialect().(type) {
	case *pgdialect.Dialect:
		db.Exec("SET ROLE a") // want `SET ROLE.*\(set-role\)`
	}
	if _, ok := db.Dialect().(*pgdialect.Dialect); ok {
		db.Exec("SET ROLE b") // want `SET ROLE.*\(set-role\)`
	}
}

// PostgreSQL's superuser and a database are called postgres too, and so are
// errors.
func names(db *sqlx.DB, user, database string, code string, err error) error {
	if user != "postgres" {
		db.Exec("SET ROLE a") // want `SET ROLE.*\(set-role\)`
	}
	if database == "postgres" {
		return nil
	}
	if code == postgresDuplicate {
		return err
	}
	if err == errPostgresDown {
		return err
	}
	db.Exec("SET ROLE b") // want `SET ROLE.*\(set-role\)`
	return nil
}

const postgresDuplicate = "23505"

var errPostgresDown = errors.New("down")

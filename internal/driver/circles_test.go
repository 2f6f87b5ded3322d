package driver

import "testing"

// Code that is made of itself is followed once: a function that returns what it
// returns, a name that registers itself anew, a driver of its own pool.
func TestCirclesEnd(t *testing.T) {
	libs := map[string]string{
		"database/sql": `package sql
type DB struct{}
func (*DB) Driver() any { return nil }
func (*DB) Query(q string, args ...any) (*Rows, error) { return nil, nil }
type Rows struct{}
func Open(driverName, dataSourceName string) (*DB, error) { return nil, nil }
func Register(name string, d any) {}`,
		"go.nhat.io/otelsql":              `package otelsql; func Register(name string) (string, error) { return name, nil }`,
		"github.com/simukti/sqldb-logger": `package sqldblogger; import "database/sql"; func OpenDriver(dsn string, d, l any) *sql.DB { return nil }`,
	}
	for name, src := range map[string]string{
		"a function that returns what it returns": `import "database/sql"
func open(n int) (*sql.DB, error) {
	if n > 3 { return open(n - 1) }
	db, err := sql.Open("postgres", "host=h")
	if err != nil { return other(n) }
	return db, err
}
func other(n int) (*sql.DB, error) { return open(n) }
func use() { db, _ := open(1); db.Query("SELECT $1", 1) }`,
		"a name that is registered anew": `import ("database/sql"; "go.nhat.io/otelsql")
func open(name, dsn string) { name, _ = otelsql.Register(name); sql.Open(name, dsn) }`,
		"a driver of its own pool": `import ("database/sql"; sqldblogger "github.com/simukti/sqldb-logger")
var db *sql.DB
func open(dsn string) { db = sqldblogger.OpenDriver(dsn, db.Driver(), nil) }`,
		"a driver that is registered under a name that it opens": `import "database/sql"
func open(dsn string) { db, _ := sql.Open("own", dsn); sql.Register("own", db.Driver()) }`,
		"parameters that fill each other": `import "database/sql"
func a(name, dsn string) { b(name, dsn); sql.Open(name, dsn) }
func b(name, dsn string) { a(name, dsn) }`,
	} {
		t.Run(name, func(t *testing.T) {
			scanned(t, "package app\n"+src, libs) // ends
		})
	}
}

package namedstatement

import "database/sql"

// Of SQLite and MySQL a prepared statement is no concern.
func preparesElsewhere(path string) {
	lite, _ := sql.Open("sqlite3", path)
	lite.Prepare("SELECT 1")
	my, _ := sql.Open("mysql", path)
	my.Prepare("SELECT 1")
}

func preparesByDriver(db *sql.DB, driver string) {
	if driver == "mysql" {
		db.Prepare("SELECT 1")
		return
	}
	db.Prepare("SELECT 2") // want `db\.Prepare of SELECT 2.*\(named-statement\)`
}

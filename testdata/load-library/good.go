package loadlibrary

import "database/sql"

func good(db *sql.DB) {
	db.Exec("CREATE EXTENSION IF NOT EXISTS pg_trgm")
	db.Exec("ALTER SYSTEM SET session_preload_libraries = 'auto_explain'")
	db.Exec("SELECT load FROM hosts WHERE name = 'LOAD'")
}

package loadlibrary

import "database/sql"

func wording(db *sql.DB) {
	db.Exec("LOAD 'auto_explain'") // want `^LOAD 'auto_explain': pins the connection behind RDS Proxy; load it over a direct connection, for the statements that it is to watch \(load-library\)$`
	db.Exec("LOAD 'age'")          // want `^LOAD 'age': pins the connection behind RDS Proxy; load it with session_preload_libraries or shared_preload_libraries, or use a direct connection \(load-library\)$`
}

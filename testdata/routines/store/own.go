package store

import "database/sql"

const define = `
	CREATE FUNCTION own_tenant(t text) RETURNS void LANGUAGE sql AS $$
		SELECT set_config('app.tenant', t, false)
	$$`

// What the package's own statements define counts as well.
func own(db *sql.DB) {
	db.Exec(define)
	db.Exec("SELECT own_tenant('a')") // want `own_tenant\(…\): leaks.*\(it runs set_config\('app.tenant', …\) at routines/store/own.go:7\).*\(hidden-state\)`
}

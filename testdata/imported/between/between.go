// Package between defines more on top of what setup does.
package between

import (
	"database/sql"

	"github.com/poolvet/poolvet/testdata/imported/setup"
)

func Define(db *sql.DB) {
	setup.Define(db)
	db.Exec(`CREATE FUNCTION enter(t text) RETURNS void LANGUAGE sql AS $$ SELECT set_tenant(t) $$`)
	db.Exec("SELECT set_tenant('a')") // want `set_tenant\(…\): leaks.*at imported/setup/setup.go:\d+\).*\(hidden-state\)`
}

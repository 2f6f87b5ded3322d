// Package calls calls what the packages define that it imports.
package calls

import (
	"database/sql"

	"github.com/poolvet/poolvet/testdata/imported/between"
)

func Run(db *sql.DB) {
	between.Define(db)
	db.Exec("SELECT enter('a')")                            // want `enter\(…\): leaks.*\(it calls set_tenant, which runs .* at imported/setup/setup.go:\d+\).*\(hidden-state\)`
	db.Exec("SELECT set_tenant('a')")                       // want `set_tenant.*\(hidden-state\)`
	db.Exec("INSERT INTO invoice (tenant) VALUES ($1)", "") // want `INSERT INTO invoice: leaks.*the trigger mark.*\(hidden-state\)`
	db.Exec("SELECT name_of('a')")
}

// Package insql has directives in its SQL.
package insql

import (
	"database/sql"
	_ "embed"
)

//go:embed script.sql
var script string

func runs(db *sql.DB) {
	db.Exec(`
		-- poolvet:ignore set-role -- every client is this role
		SET ROLE a`)
	db.Exec(`SET ROLE a`)                                                  // want `SET ROLE: .*\(set-role\)`
	db.Exec("-- poolvet:direct -- this one bypasses it\nSET ROLE a")       // nothing
	db.Exec("SET ROLE a -- poolvet:ignore set-role -- as above")           // nothing
	db.Exec("-- poolvet:ignore listen -- not here\nSET ROLE a")            // want `-- poolvet:ignore: ignore changes nothing here: remove it \(directive\)` `SET ROLE: .*\(set-role\)`
	db.Exec("-- poolvet:ignore set-role\nSET ROLE a")                      // want `-- poolvet:ignore: ignore needs a reason: -- poolvet:ignore set-role -- reason \(directive\)` `SET ROLE: .*\(set-role\)`
	db.Exec("-- poolvet:pooler pgbouncer@1.18 -- the reports\nSET ROLE a") // want `SET ROLE: leaks behind PgBouncer 1.18.*\(set-role\)`
	db.Exec("DO $$ BEGIN\n\tSET ROLE a; -- poolvet:ignore hidden-state -- as above\nEND $$")
	db.Exec(script)
}

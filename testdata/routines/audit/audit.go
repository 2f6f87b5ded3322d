// Package audit changes and reads tables that ../migrations has triggers,
// defaults and views for.
package audit

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5/pgxpool"
)

func setsOff(ctx context.Context, db *sql.DB, pool *pgxpool.Pool) {
	db.Exec("INSERT INTO document (id, actor) VALUES ($1, $2)", 1, "a") // want `^INSERT INTO document: leaks to other clients behind PgBouncer 1.26 \(it sets off the trigger document_actor, which calls note_actor, which runs set_config\('app.actor', …\) at .*000006_audit.up.sql:4\); use set_config\('app.actor', …, true\) there \(hidden-state\)`
	db.Exec("UPDATE document SET actor = $1", "a")                      // want `^UPDATE document: .*the trigger document_actor.*\(hidden-state\)`
	pool.Exec(ctx, `
		WITH old AS (SELECT * FROM archive)
		INSERT INTO document SELECT * FROM old`) // want `^INSERT INTO document: .*\(hidden-state\)`
	db.Query("SELECT id FROM nearby")                                                     // want `^SELECT … FROM nearby: .*\(it reads the view nearby, which calls app.in_region, which calls app.put, which runs set_config\(name, …\) at .*000006_audit.up.sql:14\); pass true in app.in_region \(hidden-state\)`
	db.Exec("INSERT INTO visit (id) VALUES (1)")                                          // want `^INSERT INTO visit: .*\(it draws the default of visit.region, which calls app.in_region, .*\(hidden-state\)`
	db.Exec("SELECT app.put('app.unit', $1, false)", "a")                                 // want `^app.put\(…\): leaks.*\(it runs set_config\(name, …\) at .*:14\); pass true in this call \(hidden-state\)`
	db.Exec("SELECT app.put('app.unit', $1, for_transaction => $2)", "a", false)          // want `^app.put\(…\): leaks.*\(hidden-state\)`
	db.Exec("DO $$ BEGIN PERFORM app.put('app.unit', 'a', false); END $$")                // want `^app.put\(…\) in a DO block: leaks.*\(it calls app.put, which runs.*\(hidden-state\)`
	db.Exec("INSERT INTO document (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2") // want `document_actor.*\(hidden-state\)`
}

func silent(ctx context.Context, db *sql.DB, flag bool) {
	db.Exec("UPDATE document SET body = $1", "a")
	db.Exec("DELETE FROM document")
	db.Query("SELECT id FROM document")
	db.Exec("INSERT INTO visit (id, region) VALUES (1, 'eu')")
	db.Exec("SELECT app.put('app.unit', $1)", "a")
	db.Exec("SELECT app.put('app.unit', $1, true)", "a")
	db.Exec("SELECT app.put('app.unit', $1, $2)", "a", flag)
	db.Query("WITH nearby AS (SELECT 1 AS id) SELECT id FROM nearby")
}

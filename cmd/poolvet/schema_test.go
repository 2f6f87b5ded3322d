package main

import "testing"

const migrated = `
-- go.mod --
module example.com/app
go 1.25
-- migrations/2_tenant.up.sql --
CREATE OR REPLACE FUNCTION set_tenant(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('app.tenant', t, false);
END $$;
-- migrations/10_report.up.sql --
CREATE PROCEDURE report() LANGUAGE sql AS 'SELECT 1';
-- migrations/2_tenant.down.sql --
DROP FUNCTION set_tenant;
-- store/store.go --
package store

import "database/sql"

func Use(db *sql.DB) { db.Exec("SELECT set_tenant($1)", "a"); db.Exec("CALL report()") }
`

// The module's own SQL files are found, in whichever folder the command runs; another schema
// takes their place.
func TestCallsOfTheModulesFunctions(t *testing.T) {
	dir := module(t, migrated)
	const call, found = `store/store.go:5:40: error: set_tenant(…): leaks to other clients behind PgBouncer 1.26 (it runs set_config('app.tenant', …) at `,
		"migrations/2_tenant.up.sql:3); use set_config('app.tenant', …, true) there (hidden-state)"
	poolvet(t, dir, "", "-pooler=pgbouncer", "./...").want(t, 1, call+found, "")
	poolvet(t, dir, "", "-pooler=pgbouncer", "-C", "store", ".").want(t, 1, call+found, "")
	poolvet(t, dir, "", "-pooler=pgbouncer", "-format=json", "./store").want(t, 1, `"rule":"hidden-state"`, "")
	poolvet(t, dir, "", "compare", "-pooler=pgbouncer,none", "./...").want(t, 0, "1L", "")
	poolvet(t, dir, "", "-pooler=pgbouncer", "-schema=migrations/10_report.up.sql", "./...").want(t, 0, "", "")
	poolvet(t, dir, "", "-pooler=pgbouncer", "-schema=store", "./...").want(t, 0, "", "-schema=store: there is no SQL; it names .sql files, and folders that have some")
	poolvet(t, dir, "", "-pooler=pgbouncer", "-schema=nowhere", "./...").want(t, 2, "", "-schema: stat nowhere")
}

const between = `
-- go.mod --
module example.com/app
go 1.25
-- setup/setup.go --
package setup

import "database/sql"

func Define(db *sql.DB) {
	db.Exec("CREATE FUNCTION set_tenant(t text) RETURNS void LANGUAGE sql AS $$ SELECT set_config('app.tenant', t, false) $$")
}
-- store/store.go --
package store

import "database/sql"

func Use(db *sql.DB) { db.Exec("SELECT set_tenant($1)", "a") }
`

// Packages that do not import each other run on one database, and the places on
// the way are told in every format.
func TestCallsOfOtherPackagesFunctions(t *testing.T) {
	dir := module(t, between)
	poolvet(t, dir, "", "-pooler=pgbouncer", "./...").want(t, 1, "store/store.go:5:40: error: set_tenant(…): leaks to other clients behind PgBouncer 1.26 (it runs set_config('app.tenant', …) at setup/setup.go:6)", "")
	poolvet(t, dir, "", "-pooler=pgbouncer", "./...").want(t, 1, "\n    = setup/setup.go:6:1: set_tenant is defined here\n", "")
	poolvet(t, dir, "", "-pooler=pgbouncer", "-format=json", "./store").want(t, 1,
		`"relatedInformation":[{"file":"setup/setup.go","line":6,"column":1,"message":"set_tenant is defined here"},`, "")
	poolvet(t, dir, "", "-pooler=pgbouncer", "-format=sarif", "./store").want(t, 1, `"text": "set_tenant is defined here"`, "")
}

// Package setup defines what calls and between call.
package setup

import "database/sql"

const tenant = `CREATE FUNCTION set_tenant(t text) RETURNS void LANGUAGE sql AS $$ SELECT set_config('app.tenant', t, false) $$;
CREATE FUNCTION name_of(t text) RETURNS text LANGUAGE sql AS $$ SELECT t $$`

const trigger = `CREATE FUNCTION mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_tenant(new.tenant); RETURN new; END $$;
CREATE TRIGGER mark BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION mark()`

func Define(db *sql.DB) {
	db.Exec(tenant)
	db.Exec(trigger)
}

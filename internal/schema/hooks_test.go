package schema

import "testing"

const sets = `CREATE FUNCTION sets() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('a.b', 'c', false); RETURN new; END $$;
CREATE FUNCTION draws() RETURNS int LANGUAGE sql AS $$ SELECT set_config('a.d', 'c', false)::int $$;
CREATE FUNCTION harmless() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
`

// What a statement sets off that names no routine.
func TestHooks(t *testing.T) {
	const set, drawn = "calls sets, runs set_config('a.b', …) 1.sql:1:77", "calls draws, runs set_config('a.d', …) 1.sql:2:63"
	for _, test := range []struct{ defines, statement, want string }{
		{"CREATE TRIGGER t AFTER INSERT OR UPDATE OF a, b ON x FOR EACH ROW EXECUTE FUNCTION sets();", "INSERT INTO x VALUES (1)", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER INSERT OR UPDATE OF a, b ON x FOR EACH ROW EXECUTE FUNCTION sets();", "UPDATE x SET b = 1", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER INSERT OR UPDATE OF a, b ON x FOR EACH ROW EXECUTE FUNCTION sets();", "UPDATE x SET c = 1", ""},
		{"CREATE TRIGGER t AFTER INSERT OR UPDATE OF a, b ON x FOR EACH ROW EXECUTE FUNCTION sets();", "DELETE FROM x", ""},
		{"CREATE TRIGGER t AFTER INSERT OR UPDATE OF a, b ON x FOR EACH ROW EXECUTE FUNCTION sets();", "INSERT INTO x VALUES (1) ON CONFLICT DO NOTHING", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER UPDATE ON x EXECUTE FUNCTION sets();", "INSERT INTO x (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 2", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER UPDATE ON x EXECUTE FUNCTION sets();", "SELECT * FROM x FOR UPDATE", ""},
		{"CREATE TRIGGER t AFTER UPDATE ON x EXECUTE FUNCTION sets();", "SELECT * FROM x FOR UPDATE OF x", ""},
		{"CREATE TRIGGER t AFTER UPDATE ON x EXECUTE FUNCTION sets();", "SELECT * FROM x FOR NO KEY UPDATE OF x", ""},
		{"CREATE TRIGGER t AFTER DELETE ON x EXECUTE FUNCTION sets();", "WITH gone AS (DELETE FROM x RETURNING *) INSERT INTO y SELECT * FROM gone", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER TRUNCATE ON x EXECUTE FUNCTION sets();", "TRUNCATE y, x", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER UPDATE ON x EXECUTE FUNCTION sets();", "MERGE INTO x USING y ON x.a = y.a WHEN MATCHED THEN UPDATE SET b = 1", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets();", "COPY x FROM STDIN", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION harmless();", "INSERT INTO x VALUES (1)", ""},
		{"CREATE TRIGGER t AFTER INSERT ON a.x EXECUTE FUNCTION sets(); CREATE TRIGGER t AFTER INSERT ON b.x EXECUTE FUNCTION harmless();", "INSERT INTO a.x VALUES (1)", "sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER INSERT ON a.x EXECUTE FUNCTION sets();", "INSERT INTO b.x VALUES (1)", ""},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets(); DROP TRIGGER t ON x;", "INSERT INTO x VALUES (1)", ""},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets(); ALTER TABLE x DISABLE TRIGGER t;", "INSERT INTO x VALUES (1)", ""},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets(); DROP TABLE x; CREATE TABLE x (a int);", "INSERT INTO x VALUES (1)", ""},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets(); ALTER TABLE x RENAME TO y; CREATE TABLE x (a int);", "INSERT INTO x VALUES (1)", ""},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets(); CREATE OR REPLACE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION harmless();", "INSERT INTO x VALUES (1)", ""},

		{"CREATE FUNCTION asks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' THEN PERFORM set_config('a.b', 'c', false); END IF; RETURN new; END $$;" +
			"CREATE TRIGGER t AFTER INSERT OR DELETE ON x FOR EACH ROW EXECUTE FUNCTION asks();", "INSERT INTO x VALUES (1)", ""},

		{"CREATE VIEW v AS SELECT draws() AS d;", "SELECT * FROM v", "reads the view v, " + drawn},
		{"CREATE VIEW v AS SELECT draws() AS d; CREATE VIEW w AS SELECT * FROM v;", "SELECT * FROM y JOIN w USING (d)", "reads the view w, reads the view v, " + drawn},
		{"CREATE VIEW v AS SELECT draws() AS d; CREATE VIEW w AS SELECT * FROM y JOIN v USING (d);", "SELECT * FROM w", "reads the view w, reads the view v, " + drawn},
		{"CREATE VIEW v AS SELECT draws() AS d;", "WITH v AS (SELECT 1) SELECT * FROM v", ""},
		{"CREATE VIEW v AS SELECT draws() AS d; CREATE OR REPLACE VIEW v AS SELECT 1 AS d;", "SELECT * FROM v", ""},
		{"CREATE MATERIALIZED VIEW v AS SELECT draws() AS d;", "SELECT * FROM v", ""},
		{"CREATE MATERIALIZED VIEW v AS SELECT draws() AS d;", "REFRESH MATERIALIZED VIEW v", "fills the view v, " + drawn},

		{"CREATE TABLE x (a int, b int DEFAULT draws());", "INSERT INTO x (a) VALUES (1)", "draws the default of x.b, " + drawn},
		{"CREATE TABLE x (a int, b int DEFAULT draws());", "INSERT INTO x DEFAULT VALUES", "draws the default of x.b, " + drawn},
		{"CREATE TABLE x (a int, b int DEFAULT draws());", "INSERT INTO x (a, b) VALUES (1, 2)", ""},
		{"CREATE TABLE x (a int, b int DEFAULT draws());", "INSERT INTO x VALUES (1, 2)", ""},
		{"CREATE TABLE x (a int); ALTER TABLE x ADD COLUMN b int DEFAULT draws();", "INSERT INTO x (a) VALUES (1)", "draws the default of x.b, " + drawn},
		{"CREATE TABLE x (a int, b int); ALTER TABLE x ALTER b SET DEFAULT draws();", "INSERT INTO x (a) VALUES (1)", "draws the default of x.b, " + drawn},
		{"CREATE TABLE x (a int, b int DEFAULT draws()); ALTER TABLE x ALTER b DROP DEFAULT;", "INSERT INTO x (a) VALUES (1)", ""},

		{"CREATE RULE r AS ON INSERT TO x DO ALSO SELECT draws();", "INSERT INTO x VALUES (1)", "sets off the rule r, " + drawn},
		{"CREATE RULE r AS ON INSERT TO x DO ALSO SELECT draws(); DROP RULE r ON x;", "INSERT INTO x VALUES (1)", ""},

		{"CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION sets();", "CREATE UNIQUE INDEX ON x (a)", "sets off the event trigger e, " + set},
		{"CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION sets();", "CREATE TABLE y (a int)", ""},
		{"CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION sets();", "alter table y add a int", "sets off the event trigger e, " + set},
		{"CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION sets();", "DROP TABLE y", "sets off the event trigger e, " + set},
		{"CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION sets();", "CREATE ROLE y", ""},
		{"CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION sets(); DROP EVENT TRIGGER e;", "CREATE TABLE y (a int)", ""},
		{"CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION sets(); ALTER EVENT TRIGGER e DISABLE;", "CREATE TABLE y (a int)", ""},

		{"CREATE FUNCTION adds() RETURNS void LANGUAGE plpgsql AS 'BEGIN INSERT INTO x VALUES (1); END'; CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets();",
			"SELECT adds()", "calls adds, sets off the trigger t, " + set},
		{"CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets();", "DO 'BEGIN INSERT INTO x VALUES (1); END'", "sets off the trigger t, " + set},
		{"", "DO 'BEGIN PERFORM draws(); END'", drawn},
		{"", "DO 'BEGIN ALTER TABLE x ALTER a SET DEFAULT draws(); END'", ""},
		{"", "DO 'BEGIN EXECUTE ''SELECT draws()''; END'", drawn},
		{"", "DO $x$ BEGIN EXECUTE format('SELECT draws() FROM %I', 'x'); END $x$", drawn},
	} {
		if got := doesIn(New([]Source{{Name: "1.sql", Text: sets + test.defines}}), test.statement); got != test.want {
			t.Errorf("%s\n%s\n got %s\nwant %s", test.defines, test.statement, got, test.want)
		}
	}
}

// The table of another folder may be another database's.
func TestTablesOfSeveralFolders(t *testing.T) {
	trigger := Source{Name: "a/1.sql", Text: sets + "CREATE TABLE x (a int); CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION sets();"}
	if doesIn(New([]Source{trigger}), "INSERT INTO x VALUES (1)") == "" {
		t.Error("nothing of the trigger")
	}
	if got := doesIn(New([]Source{trigger, {Name: "b/1.sql", Text: "CREATE TABLE x (b int);"}}), "INSERT INTO x VALUES (1)"); got != "" {
		t.Errorf("found %s, and it is not known which x that is", got)
	}
}

// A parameter says whether set_config is for the transaction alone, and what it
// sets.
func TestParametersThatDecide(t *testing.T) {
	s := New([]Source{{Name: "1.sql", Text: `CREATE FUNCTION put(name text, val text, loc boolean DEFAULT true) RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config(name, val, loc); END $$;
CREATE FUNCTION put2(text, boolean) RETURNS void LANGUAGE sql AS $$ SELECT put('a.b', $1, $2) $$;
CREATE FUNCTION put3(v text) RETURNS void LANGUAGE sql AS $$ SELECT put2(v, false) $$;
CREATE FUNCTION put4(v text) RETURNS void LANGUAGE plpgsql AS $$ DECLARE l boolean := true; BEGIN PERFORM set_config('a.b', v, l); END $$;
CREATE FUNCTION put5(v text, loc boolean) RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config(is_local => put5.loc, setting_name => 'a.c'::text, new_value => v); END $$;
CREATE FUNCTION put6(n text) RETURNS void LANGUAGE plpgsql AS $$ DECLARE old text := current_setting(n); BEGIN PERFORM set_config(n, 'x', false); PERFORM set_config(n, old, false); END $$;
`}})
	for call, want := range map[string]string{
		"put('x.y', 'v', false)":                    "x.y",
		"put('x.y', 'v', true)":                     "",
		"put('x.y', 'v')":                           "",
		"put('x.y', 'v', $1)":                       "x.y if $1",
		"put(loc => false, name => $2, val => 'v')": "$2",
		"put('x.y', 'v', now() > 'now')":            "",
		"put2('v', false)":                          "a.b",
		"put2('v', 't'::boolean)":                   "",
		"put2('v', ?)":                              "a.b if $1",
		"put3($1)":                                  "a.b",
		"put4($1)":                                  "",
		"put5($1, false)":                           "a.c",
		"put5($1, true)":                            "",
		"put6('a.b')":                               "",
	} {
		got := ""
		for _, c := range CallsIn("SELECT " + call) {
			for _, e := range s.Does(c) {
				got += e.Object
				if e.ObjectParam != "" {
					got += "$" + e.ObjectParam
				}
				if e.LocalParam != "" {
					got += " if $" + e.LocalParam
				}
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", call, got, want)
		}
	}
}

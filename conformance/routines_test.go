package conformance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/schema"
)

const sectionRoutines = "What a call of a function leaves in a session"

// bodies are statements of PL/pgSQL, which leave something, nothing, or what
// they take away again.
var bodies = []string{
	"PERFORM set_config('app.x', '1', false);",
	"PERFORM set_config('app.x', '1', true);",
	"SET statement_timeout = '7s';",
	"SET LOCAL statement_timeout = '7s';",
	"SET statement_timeout = '7s'; RESET statement_timeout;",
	"EXECUTE 'SET jit = off';",
	"EXECUTE format('SET %I = off', 'jit');",
	"PERFORM pg_advisory_lock(1);",
	"PERFORM pg_advisory_xact_lock(1);",
	"PERFORM pg_advisory_lock(1); PERFORM pg_advisory_unlock(1);",
	"CREATE TEMP TABLE scratch (id int);",
	"CREATE TEMP TABLE scratch (id int) ON COMMIT DROP;",
	"CREATE TEMP TABLE scratch (id int); DROP TABLE scratch;",
	"LISTEN news;",
	"SET ROLE other;",
	"IF 1 > 2 THEN RAISE 'no'; END IF;",
}

// setByRoutines are the parameters that the routines set.
var setByRoutines = []string{"app.x", "app.tenant", "app.actor", "app.region"}

// shapes are what a body can stand in: %[1]d numbers the routine, %[2]s is its
// body, and the last line calls it.
var shapes = []struct{ name, text string }{
	{"a function", "CREATE FUNCTION g%[1]d() RETURNS void LANGUAGE plpgsql AS $$ BEGIN %[2]s END $$;\nSELECT g%[1]d()"},
	{"a procedure", "CREATE PROCEDURE g%[1]d() LANGUAGE plpgsql AS $$ BEGIN %[2]s END $$;\nCALL g%[1]d()"},
	{"a function with a SET clause", "CREATE FUNCTION g%[1]d() RETURNS void LANGUAGE plpgsql SET client_min_messages = error AS $$ BEGIN %[2]s END $$;\nSELECT public.g%[1]d()"},
	{"a trigger's function", "CREATE TABLE t%[1]d (a int); CREATE FUNCTION g%[1]d() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %[2]s RETURN new; END $$;" +
		"CREATE TRIGGER g BEFORE INSERT ON t%[1]d FOR EACH ROW EXECUTE FUNCTION g%[1]d();\nINSERT INTO t%[1]d VALUES (1)"},
	{"a view's function", "CREATE FUNCTION g%[1]d() RETURNS int LANGUAGE plpgsql AS $$ BEGIN %[2]s RETURN 1; END $$;" +
		"CREATE VIEW v%[1]d AS SELECT g%[1]d() AS a;\nSELECT a FROM v%[1]d"},
	{"a default's function", "CREATE FUNCTION g%[1]d() RETURNS int LANGUAGE plpgsql AS $$ BEGIN %[2]s RETURN 1; END $$;" +
		"CREATE TABLE t%[1]d (a int, b int DEFAULT g%[1]d());\nINSERT INTO t%[1]d (a) VALUES (1)"},
	{"a rule's function", "CREATE TABLE t%[1]d (a int); CREATE FUNCTION g%[1]d() RETURNS int LANGUAGE plpgsql AS $$ BEGIN %[2]s RETURN 1; END $$;" +
		"CREATE RULE r AS ON INSERT TO t%[1]d DO ALSO SELECT g%[1]d();\nINSERT INTO t%[1]d VALUES (1)"},
	{"a function that is called with EXECUTE", "CREATE FUNCTION inner%[1]d() RETURNS void LANGUAGE plpgsql AS $$ BEGIN %[2]s END $$;" +
		"CREATE FUNCTION g%[1]d() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('SELECT inner%[1]d(%%s)', ''); END $$;\nSELECT g%[1]d()"},
	{"a function that calls one", "CREATE FUNCTION inner%[1]d() RETURNS void LANGUAGE plpgsql AS $$ BEGIN %[2]s END $$;" +
		"CREATE FUNCTION g%[1]d(a int DEFAULT 1) RETURNS void LANGUAGE sql AS $$ SELECT inner%[1]d() $$;\nSELECT g%[1]d()"},
}

// What poolvet says of a call is what the server shows before and after it.
func TestRoutinesAgainstServer(t *testing.T) {
	database := database(t, upstream)
	params := login()
	params["database"] = database
	connect := func(t *testing.T) *wire.Client {
		c, err := wire.Connect(upstream.Addr, params)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		return c
	}
	ask(t, connect(t), lookFunction)
	tried := func(t *testing.T, defined *schema.Schema, call, claim string) {
		c := connect(t)
		before, err := look(c, setByRoutines)
		if err != nil {
			t.Fatal(err)
		}
		ask(t, c, call)
		after, err := look(c, setByRoutines)
		if err != nil {
			t.Fatal(err)
		}
		var said []effect.Effect
		for _, c := range schema.CallsIn(call) {
			said = append(said, defined.Does(c)...)
		}
		changes := before.changes(after)
		for _, ch := range changes {
			found := false
			for _, e := range said {
				found = found || ch.isOf(e)
			}
			if !found {
				t.Errorf("%s: %s, and poolvet says %v", call, ch, kinds(said))
			}
		}
		if len(said) > 0 && len(changes) == 0 {
			t.Errorf("%s: nothing changes, and poolvet says %v", call, kinds(said))
		}
		prove(t, sectionRoutines, fmt.Sprintf("%s: %s", claim, left(said)), postgresVersion())
	}
	t.Run("migrations", func(t *testing.T) {
		files := schema.Files([]string{"../testdata/routines/migrations"})
		c := connect(t)
		ask(t, c, "CREATE TABLE orders (tenant text, total int); CREATE TABLE job (id bigint)")
		for _, f := range files {
			ask(t, c, f.Text)
		}
		for _, call := range []string{
			"SELECT app.set_tenant('a')", "SELECT app.enter('a')", "SELECT app.enter('a', 'b')", "SELECT lock_job(11)",
			"SELECT lock_job_in_transaction(12)", "SELECT guarded(13)", "CALL build_report()", "CALL build_report_cleanly()", "SELECT quiet()",
			"SELECT touch(1, now())",
			"INSERT INTO document (id, actor) VALUES (1, 'a')", "UPDATE document SET actor = 'b'", "UPDATE document SET body = 'b'", "DELETE FROM document",
			"INSERT INTO document (id, actor) VALUES (2, 'c') ON CONFLICT DO NOTHING", "SELECT id FROM document",
			"SELECT app.put('app.x', 'a', false)", "SELECT app.put('app.x', 'a', true)", "SELECT app.put('app.x', 'a')",
			"SELECT app.put(for_transaction => false, name => 'app.x', value => 'a')", "SELECT app.in_region('eu')",
			"INSERT INTO visit (id) VALUES (1)", "INSERT INTO visit (id, region) VALUES (1, 'eu')", "INSERT INTO visit DEFAULT VALUES",
			"DO $$ BEGIN PERFORM app.put('app.x', 'a', false); END $$", "DO $$ BEGIN PERFORM app.put('app.x', 'a', true); END $$",
		} {
			tried(t, schema.New(files), call, "`"+call+"` of testdata/routines")
		}
	})
	n := 0
	for _, shape := range shapes {
		for _, body := range bodies {
			n++
			text := fmt.Sprintf(shape.text, n, body)
			at := strings.LastIndexByte(text, '\n')
			define, call := text[:at], text[at+1:]
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				ask(t, connect(t), define)
				tried(t, schema.New([]schema.Source{{Text: define}}), call, shape.name+": `"+body+"`")
				if t.Failed() {
					t.Log(define)
				}
			})
		}
	}
}

// left says what effects leave, in words.
func left(said []effect.Effect) string {
	if len(said) == 0 {
		return "nothing"
	}
	var words []string
	for _, kind := range kinds(said) {
		words = append(words, string(kind))
	}
	return strings.Join(words, ", ")
}

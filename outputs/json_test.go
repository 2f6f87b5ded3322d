package outputs

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// lineSchema compiles the schema of poolvet's own JSON. It takes no field that it
// does not name, so that a new one is described before it is written.
func lineSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("..", "docs", "poolvet.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// valid says what is wrong with a line.
func valid(t *testing.T, schema *jsonschema.Schema, line string) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	if err != nil {
		t.Fatalf("%v in %s", err, line)
	}
	return schema.Validate(value)
}

const troubled = `
-- go.mod --
module example.com/app
go 1.25
-- a/a.go --
package a

import _ "example.com/nowhere"

var x int = ""
-- b c/b.go --
package b

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET @@é = 1") }

//poolvet:ignore nothing
var x int
-- no.sql --
SELEC 1
-- 1.sql --
-- +goose Up
CREATE FUNCTION set_tenant() RETURNS void LANGUAGE sql AS $$ SELECT set_config('app.tenant', '', false) $$;
SELECT set_tenant();
SET jit = off;
-- poolvet:ignore nothing
SET LOCAL jit = off;
`

func TestJSONIsWhatItsSchemaSays(t *testing.T) {
	schema := lineSchema(t)
	dir := files(t, troubled)
	fields := map[string]bool{}
	for _, run := range []struct{ dir, args string }{
		{"..", "-format=json -C testdata ./demo"},
		{"..", "-format=json -pooler=pgbouncer -strict -tests -C testdata ./..."},
		{"..", "-format=json -pooler=pgbouncer@1.18 -fail-on=leaks -C testdata ./set-role ./set-parameter ./hidden-state/... ./routines/..."},
		{"..", "-format=json ./internal/pgquery"},
		{"..", "-format=json -pooler=rdsproxy,./demo=pgbouncer,host:db=none -C testdata ./demo ./set-role"},
		{"..", "sql -format=json -pooler=pgbouncer testdata/demo/migrations"},
		{"..", "sql -format=json -all testdata/demo/migrations"},
		{dir, "-format=json -tracked-params=jit -direct=x ./..."},
		{dir, "-format=json ./nowhere"},
		{dir, "sql -format=json -pooler=pgbouncer no.sql gone.sql 1.sql"},
	} {
		out, status := poolvetEnds(t, run.dir, strings.Fields(run.args)...)
		lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		if !strings.HasPrefix(lines[len(lines)-1], `{"summary":`) {
			t.Errorf("%s: status %d, and the last line is no summary:\n%s", run.args, status, out)
		}
		for _, line := range lines {
			if err := valid(t, schema, line); err != nil {
				t.Errorf("%s: %v\n%s", run.args, err, line)
			}
			value, _ := jsonschema.UnmarshalJSON(strings.NewReader(line))
			for field := range value.(map[string]any) {
				fields[field] = true
			}
		}
	}
	// Else a field of the schema is tried by nothing here.
	want := []string{"assumed", "column", "conditional", "endColumn", "endLine", "error", "evidence", "file", "fix", "function", "kind", "level", "line", "message", "object",
		"outcome", "package", "pooler", "reference", "relatedInformation", "remedy", "rule", "scope", "summary"}
	if got := slices.Sorted(maps.Keys(fields)); !slices.Equal(got, want) {
		t.Errorf("these fields were seen: %v", got)
	}
}

// The validator sees what is wrong, and a field that the schema does not have.
func TestSchemaOfLinesRefuses(t *testing.T) {
	schema := lineSchema(t)
	out := poolvet(t, "..", "-format=json", "-pooler=pgbouncer", "-C", "testdata", "./set-role")
	out = append(out, `{"kind":"text","file":"a.go","line":1,"error":"no"}`...)
	for _, change := range []struct{ from, to string }{
		{`"rule":"set-role"`, `"rule":"Set role"`},
		{`"rule":`, `"new":1,"rule":`},
		{`"level":"error"`, `"level":"fatal"`},
		{`"outcome":"leaks"`, `"outcome":""`},
		{`"conditional":false`, `"conditional":"no"`},
		{`"edits":[`, `"edits":[{},`},
		{`"newText":`, `"text":`},
		{`"kind":"text"`, `"kind":"other"`},
		{`"kind":`, `"rule":"set-role","kind":`},
		{`"exitStatus":1`, `"exitStatus":3`},
		{`"levels":{`, `"levels":{"fatal":1,`},
		{`"summary":{`, `"summary":{"took":1,`},
	} {
		if !bytes.Contains(out, []byte(change.from)) {
			t.Errorf("there is no %s", change.from)
		}
		refused := false
		for line := range strings.Lines(strings.Replace(string(out), change.from, change.to, 1)) {
			refused = refused || valid(t, schema, line) != nil
		}
		if !refused {
			t.Errorf("%s is valid", change.to)
		}
	}
}

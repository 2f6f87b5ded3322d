package outputs

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema compiles the official schema. Formats are asserted, so that a
// URI must be one.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile(filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// What could not be read, and flags that mean nothing, are valid too.
func TestNotificationsAreValid(t *testing.T) {
	schema := sarifSchema(t)
	dir := files(t, "-- go.mod --\nmodule example.com/app\ngo 1.25\n-- a/a.go --\npackage a\n\nimport _ \"example.com/nowhere\"\n\nvar x int = \"\"\n"+
		"-- b c/b.go --\npackage b\n\nimport \"database/sql\"\n\nfunc Use(db *sql.DB) { db.Exec(\"SET @@é = 1\") }\n-- no.sql --\nSELEC 1\n")
	for name, args := range map[string][]string{
		"packages": {"-format=sarif", "-tracked-params=jit", "-direct=x", "./..."},
		"nothing":  {"-format=sarif", "./nowhere"},
		"SQL":      {"sql", "-format=sarif", "no.sql", "gone.sql"},
	} {
		out, status := poolvetEnds(t, dir, args...)
		if status != 2 || !bytes.Contains(out, []byte(`"toolExecutionNotifications": [`)) || !bytes.Contains(out, []byte(`"executionSuccessful": false`)) {
			t.Errorf("%s: status %d without notifications:\n%s", name, status, out)
		}
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := schema.Validate(log); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSARIFIsValid(t *testing.T) {
	schema := sarifSchema(t)
	hostile := files(t, "-- go.mod --\nmodule example.com/app\ngo 1.25\n-- a b:%#?é.go --\npackage app\n\nimport \"database/sql\"\n\n"+
		"func Use(db *sql.DB) { db.Exec(\"SET ROLE \\\"\\xff</script>\\x00\\\"\") }\n\n//poolvet:ignore nothing\nvar x int\n")
	for name, out := range map[string][]byte{
		"the demo":           poolvet(t, "..", "-format=sarif", "-C", "testdata", "./demo"),
		"the demo, leaking":  poolvet(t, "..", "-format=sarif", "-pooler=pgbouncer", "-strict", "-C", "testdata", "./demo"),
		"outside the root":   poolvet(t, ".", "-format=sarif", "-C", "../testdata", "./demo"),
		"nothing found":      poolvet(t, "..", "-format=sarif", "./internal/pgquery"),
		"a hostile package":  poolvet(t, hostile, "-format=sarif", "."),
		"SQL files, and all": poolvet(t, "..", "sql", "-format=sarif", "-all", "testdata/demo/migrations"),
		"fixes":              poolvet(t, "..", "-format=sarif", "-pooler=pgbouncer", "-C", "testdata", "./set-role", "./set-parameter", "./session-lock"),
	} {
		if name == "a hostile package" && !bytes.Contains(out, []byte(`"results": [`+"\n")) {
			t.Errorf("%s: nothing found", name)
		}
		if name == "fixes" && !bytes.Contains(out, []byte(`"artifactChanges"`)) {
			t.Errorf("%s: there are none", name)
		}
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := schema.Validate(log); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The validator sees what is wrong.
func TestSchemaRefuses(t *testing.T) {
	schema := sarifSchema(t)
	good := poolvet(t, "..", "-format=sarif", "-C", "testdata", "./demo")
	for _, change := range []struct{ from, to string }{
		{`"level": "warning"`, `"level": "bad"`},
		{`"startLine": `, `"startLine": -`},
		{`"ruleId"`, `"rule"`},
		{`"uri": "`, `"uri": "http://[`},
	} {
		bad := bytes.Replace(good, []byte(change.from), []byte(change.to), -1)
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(log) == nil {
			t.Errorf("%s is valid", change.to)
		}
	}
	if _, err := os.Stat(filepath.Join("testdata", "README.md")); err != nil {
		t.Error("the schema's notice is missing")
	}
}

package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// conditions are the words for what a finding hangs on.
var conditions = regexp.MustCompile(`, unless |is not seen to run|before PostgreSQL \d`)

// A finding is conditional where its message says on what it hangs: defaults of
// flags and of the environment, keys that a loop adds, a version of PostgreSQL, a
// text that nothing is seen to run.
func TestConditionalFindings(t *testing.T) {
	r := poolvet(t, filepath.Join("..", "..", "testdata"), "", "-format=json", "-pooler=pgbouncer@1.26", "-strict",
		"./defaults/...", "./elsewhere/...", "./named-statement/...", "./set-parameter")
	said := map[string]int{}
	for _, f := range decode(t, r.stdout) {
		message := f["message"].(string)
		condition := conditions.FindString(message)
		if f["conditional"] != (condition != "") {
			t.Errorf("conditional is %v: %s", f["conditional"], message)
		}
		said[strings.TrimRight(condition, "0123456789")]++
	}
	if len(said) != 4 {
		t.Errorf("a condition is missing: %v", said)
	}
}

func TestConditionalFindingsOfSQL(t *testing.T) {
	for pooler, want := range map[string]bool{
		"-pooler=pgbouncer@1.26": true,
		"-pooler=pgbouncer@1.18": false,
	} {
		r := poolvet(t, t.TempDir(), "SET search_path TO app", "sql", "-format=json", pooler)
		f := decode(t, r.stdout)
		if len(f) != 1 || f[0]["conditional"] != want {
			t.Errorf("%s: %s", pooler, r.stdout)
		}
	}
}

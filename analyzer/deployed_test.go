package analyzer_test

import (
	"strings"
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// What the deployment's connection string sets is asked where the program's own
// is not known, and nowhere else.
func TestDeployedKeys(t *testing.T) {
	checkWants(t, analyzer.Options{Pooler: "pgbouncer@1.18", Rules: []string{"split-statement", "named-statement"},
		DSN: "binary_parameters=yes default_query_exec_mode=exec"}, "want", "deployed")
}

func TestDeployedKeysAreChecked(t *testing.T) {
	for dsn, want := range map[string]string{"exec": "binary_parameters=yes", "password=hunter2": "no place", "host=h password=hunter2": "no place"} {
		err := analyzer.Options{DSN: dsn}.Validate()
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", dsn, err)
		}
	}
}

package guc

import (
	"strings"
	"testing"
)

func TestHasWhatASessionCanSet(t *testing.T) {
	for name, want := range map[string]bool{"statement_timeout": true, "search_path": true, "shared_buffers": false, "tenant": false, "": false} {
		if Has(name) != want {
			t.Errorf("%s: %t, want %t", name, !want, want)
		}
	}
}

// A name that gets lost is missed nowhere else: a SET of it is another database's.
func TestNoNameGetsLost(t *testing.T) {
	if n := len(strings.Fields(parameterNames)); n != 222 || n != len(parameters) {
		t.Errorf("%d names, %d of them once", n, len(parameters))
	}
}

func TestIsDefault(t *testing.T) {
	for _, test := range []struct {
		parameter, value string
		want             bool
	}{
		{"session_replication_role", "origin", true},
		{"session_replication_role", "replica", false},
		{"row_security", "on", true},
		{"row_security", "off", false},
		{"enable_seqscan", "on", true},
		{"enable_seqscan", "off", false},
		{"no_such", "on", false},
	} {
		if IsDefault(test.parameter, test.value) != test.want {
			t.Errorf("%s = %s: %t", test.parameter, test.value, !test.want)
		}
	}
}

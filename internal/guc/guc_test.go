package guc

import "testing"

func TestHasWhatASessionCanSet(t *testing.T) {
	for name, want := range map[string]bool{"statement_timeout": true, "search_path": true, "shared_buffers": false, "tenant": false, "": false} {
		if Has(name) != want {
			t.Errorf("%s: %t, want %t", name, !want, want)
		}
	}
}

func TestIsDefault(t *testing.T) {
	for _, test := range []struct {
		parameter, value string
		want             bool
	}{
		{"session_replication_role", "origin", true},
		{"session_replication_role", "replica", false},
		{"enable_seqscan", "on", true},
		{"enable_seqscan", "off", false},
		{"no_such", "on", false},
	} {
		if IsDefault(test.parameter, test.value) != test.want {
			t.Errorf("%s = %s: %t", test.parameter, test.value, !test.want)
		}
	}
}

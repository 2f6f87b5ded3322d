package unknown

import "testing"

func TestClose(t *testing.T) {
	names := []string{"rdsproxy", "pgbouncer", "pgbouncer-statement", "pgcat", "pgdog", "pgo", "none", "set-parameter", "set-role", "json"}
	for name, want := range map[string]string{
		"pgbonucer":      "pgbouncer", // two letters swapped
		"PgBouncer":      "pgbouncer",
		"pgboncr":        "pgbouncer", // two left out
		"pgdg":           "pgdog",
		"pgcatt":         "pgcat",
		"rds":            "rdsproxy",  // the beginning
		"pgbouncer1.18":  "pgbouncer", // one that goes on
		"pgbouncer-stat": "pgbouncer-statement",
		"set-roles":      "set-role",
		"jsn":            "json",
		"xml":            "",
		"odyssey":        "",
		"n":              "",
		"":               "",
	} {
		if got := Close(name, names); got != want {
			t.Errorf("%q may mean %q, want %q", name, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0},
		{"abc", "acb", 1}, {"abc", "abd", 1}, {"abcd", "bc", 2}, {"kitten", "sitting", 3},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%s to %s is %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestName(t *testing.T) {
	want := `"jsn" is not known (did you mean json?); known are json, text`
	if got := Name("jsn", []string{"json", "text"}).Error(); got != want {
		t.Error(got)
	}
	want = `"x" is not known; known are json, text`
	if got := Name("x", []string{"json", "text"}).Error(); got != want {
		t.Error(got)
	}
}

package output

import (
	"bytes"
	"strings"
	"testing"
)

// at is a finding of a package or a file at a line.
func at(pkg, file string, line, column int, message string) Finding {
	return Finding{Rule: "set-parameter", Level: Error, Package: pkg, File: file, Line: line, Column: column, EndLine: line, EndColumn: column, Message: message}
}

func TestCausesAreShownOnce(t *testing.T) {
	other := at("", "a.sql", 9, 1, "SET x")
	other.Rule = "set-role"
	for _, test := range []struct {
		name     string
		findings []Finding
		want     string
	}{
		{"a file of SQL", []Finding{at("", "a.sql", 1, 1, "SET x"), at("", "a.sql", 2, 1, "SET y"), at("", "a.sql", 3, 1, "SET x"), at("", "a.sql", 5, 1, "SET x")},
			"a.sql:1:1: error: SET x\n    = also at a.sql:3, 5\n\na.sql:2:1: error: SET y\n"},
		{"two files of SQL", []Finding{at("", "a.sql", 1, 1, "SET x"), at("", "b.sql", 1, 1, "SET x")},
			"a.sql:1:1: error: SET x\n\nb.sql:1:1: error: SET x\n"},
		{"the files of a package", []Finding{at("p", "a.go", 1, 1, "SET x"), at("p", "a.go", 4, 1, "SET x"), at("p", "b.go", 4, 1, "SET x"), at("p", "b.go", 6, 1, "SET x")},
			"a.go:1:1: error: SET x\n    = also at a.go:4, b.go:4, 6\n"},
		{"two packages", []Finding{at("p", "a.go", 1, 1, "SET x"), at("q", "b.go", 1, 1, "SET x")},
			"a.go:1:1: error: SET x\n\nb.go:1:1: error: SET x\n"},
		{"one line", []Finding{at("p", "a.go", 1, 1, "SET x"), at("p", "a.go", 1, 7, "SET x"), at("p", "a.go", 1, 9, "SET x"), at("p", "a.go", 3, 9, "SET x")},
			"a.go:1:1: error: SET x\n    = also at a.go:1:7, 1:9, 3\n"},
		{"no place", []Finding{at("p", "a.go", 0, 0, "SET x"), at("p", "b.go", 0, 0, "SET x")},
			"a.go: error: SET x\n    = also at b.go\n"},
		{"another rule", []Finding{at("", "a.sql", 1, 1, "SET x"), other},
			"a.sql:1:1: error: SET x\n\na.sql:9:1: error: SET x\n"},
	} {
		var b bytes.Buffer
		if err := WriteText(&b, &Report{Findings: test.findings}, new(Sources), false); err != nil {
			t.Fatal(err)
		}
		if b.String() != test.want {
			t.Errorf("%s:\n%swant\n%s", test.name, &b, test.want)
		}
	}
}

func TestPlacesOfACauseAreNotEndless(t *testing.T) {
	var findings []Finding
	for i := range maxAlso + 3 {
		findings = append(findings, at("p", "a.go", 2*i+1, 1, "SET x"))
	}
	c := causes(findings)
	if len(c) != 1 || len(c[0].also) != maxAlso+2 || !strings.HasSuffix(c[0].alsoAt(), ", 39, 41, and 2 more") {
		t.Errorf("%s", c[0].alsoAt())
	}
}

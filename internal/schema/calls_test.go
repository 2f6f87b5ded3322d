package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestCalls(t *testing.T) {
	for text, want := range map[string][]string{
		"SELECT app.f($1), g(h(1))":                                    {"app.f/1 app.f($1)", "g/1 g(h(1))", "h/1 h(1)"},
		"CALL p()":                                                     {"p/0 p()"},
		`SELECT * FROM "F"(?) WHERE now() > g()`:                       {"F/1 \"F\"(?)", "now/0 now()", "g/0 g()"},
		"INSERT INTO t VALUES (f(1)) RETURNING g(a)":                   {"f/1 f(1)", "g/1 g(a)"},
		"CREATE VIEW v AS SELECT f()":                                  nil,
		"CREATE TABLE t (a int DEFAULT f())":                           nil,
		"CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT f()'": nil,
		"SELECT f(":                  nil,
		"EXPLAIN ANALYZE SELECT f()": {"f/0 f()"},
		"EXPLAIN SELECT f()":         nil,
	} {
		var got []string
		for _, c := range CallsIn(text) {
			if c.How == Calls {
				got = append(got, fmt.Sprintf("%s/%d %s", strings.TrimPrefix(c.Schema+"."+c.Name, "."), c.Count, text[c.Start:c.End]))
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

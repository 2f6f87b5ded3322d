package trace

import (
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/sent"
)

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, sql string
		want         bool
	}{
		{"SELECT a FROM b", "select A from B", true},
		{"SELECT a FROM b", "SELECT a", false},
		{"SELECT a", "SELECT a FROM b", false},
		{"SELECT …", "SELECT a FROM b", true},
		{"SELECT … FROM b", "SELECT a FROM c, d FROM b", true},
		{"SELECT … FROM b …", "SELECT a FROM b", true},
		{"SELECT x_…", "SELECT x_1", true},
		{"SELECT x…y…y", "SELECT x1y2y", true},
		{"SELECT x…y…y", "SELECT x1y", false},
		{"SELECT \"a\"", "SELECT a", true},
		{"SELECT \"A\"", "SELECT a", false},
	} {
		p := patternOf(strings.ReplaceAll(test.pattern, "…", hole), false, NoParams)
		if got := matches(p.tokens, Of(test.sql, NoParams).tokens); got != test.want {
			t.Errorf("%s can be %s: %t", test.pattern, test.sql, got)
		}
	}
}

// Texts of one shape are read once: what else they are must be no other statement.
func TestShapesTellStatementsApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"SELECT a -- '\n, b, 'x.' -- '", "SELECT a -- '\n, c, 'x.' -- '"},
		{"SELECT a /* ' */, b, 'x.' /* ' */", "SELECT a /* ' */, c, 'x.' /* ' */"},
		{"SELECT '{{a}}'", "SELECT 'b'"},
		{`SELECT "1"`, `SELECT "2"`},
		{"SELECT a1", "SELECT a2"},
		{"SELECT set_config('a', '1', false)", "SELECT set_config('b', '1', false)"},
		{"SELECT pg_advisory_lock(72707369)", "SELECT pg_advisory_lock(1)"},
	} {
		if string(shape(nil, pair[0])) == string(shape(nil, pair[1])) {
			t.Errorf("%q and %q have one shape", pair[0], pair[1])
		}
	}
}

// A library that is told to SET one parameter sends no other.
func TestALibraryDoesNoOther(t *testing.T) {
	sources := []*Source{{Statement: sent.Statement{By: "pgdriver.WithConnParams", Does: effect.Effect{Kind: effect.ConnectSet, Object: "jit"}}, File: "m.go", Line: 7, Column: 2, Package: "app"}}
	want(t, told(t, sources, run("", "1", "SET JIT = off")), "m.go:7:2")
	if got := told(t, sources, run("", "1", "SET work_mem = '1GB'")); strings.Contains(got, "m.go") {
		t.Errorf("the library is told to set another:\n%s", got)
	}
}

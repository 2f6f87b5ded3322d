package schema

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func does(s *Schema, call string) string {
	return doesIn(s, "SELECT "+call)
}

func doesIn(s *Schema, statement string) string {
	var all []string
	for _, c := range CallsIn(statement) {
		for _, e := range s.Does(c) {
			var way []string
			for _, step := range e.Way.Steps {
				way = append(way, step.Does)
			}
			last := e.Way.Steps[len(e.Way.Steps)-1]
			all = append(all, fmt.Sprintf("%s %s:%d:%d", strings.Join(way, ", "), last.File, last.Line, last.Column))
		}
	}
	return strings.Join(all, "; ")
}

func set(name string) string {
	return "CREATE FUNCTION " + name + " RETURNS void LANGUAGE sql AS $$\n SELECT set_config('a." + strings.Trim(name, "()") + "', '', false) $$;\n"
}

func calling(name, what string) string {
	return "CREATE FUNCTION " + name + " RETURNS void LANGUAGE sql AS $$ SELECT " + what + " $$;\n"
}

func TestCallsAreFollowed(t *testing.T) {
	s := New([]Source{{Name: "1.sql", Text: set("f()") + calling("g()", "f()") + calling("h()", "app.g(), f()")},
		{Name: "2.sql", Text: calling("a()", "b()") + calling("b()", "a(), f()"), Before: 10}})
	for call, want := range map[string]string{
		"f()":   "calls f, runs set_config('a.f', …) 1.sql:2:9",
		"g()":   "calls g, calls f, runs set_config('a.f', …) 1.sql:2:9",
		"h()":   "calls h, calls g, calls f, runs set_config('a.f', …) 1.sql:2:9", // once
		"a()":   "calls a, calls b, calls f, runs set_config('a.f', …) 1.sql:2:9", // and back to a
		"x.f()": "calls f, runs set_config('a.f', …) 1.sql:2:9",                   // whose schema is not told where it is defined
		"f(1)":  "",
		"z()":   "",
	} {
		if got := does(s, call); got != want {
			t.Errorf("%s: %q, want %q", call, got, want)
		}
	}
}

// Two hundred calls with arguments of their own, six deep: it comes to an end.
func TestCallsWithManyArguments(t *testing.T) {
	var text strings.Builder
	for depth := range 6 {
		var calls []string
		for i := range 100 {
			calls = append(calls, fmt.Sprintf("f%d($1, $2, '%d')", depth+1, i), fmt.Sprintf("f%d('%d', $1, $3)", depth+1, i))
		}
		fmt.Fprintf(&text, "CREATE FUNCTION f%d(text, text, text) RETURNS void LANGUAGE sql AS $$ SELECT %s $$;\n", depth, strings.Join(calls, ", "))
	}
	text.WriteString("CREATE FUNCTION f6(text, text, text) RETURNS void LANGUAGE sql AS $$ SELECT set_config($1, $2, $3::boolean) $$;\n")
	w := walk{Schema: New([]Source{{Name: "1.sql", Text: text.String()}}), seen: map[string]bool{}}
	for _, c := range CallsIn("SELECT f0('a', 'b', 'true')") {
		w.call(c, nil, nil, "")
	}
	if len(w.seen) != maxSeen {
		t.Errorf("%d seen", len(w.seen))
	}
}

// What one routine locks, another unlocks.
func TestLocksAndUnlocks(t *testing.T) {
	s := New([]Source{{Name: "1.sql", Text: calling("locks()", "pg_advisory_lock(1)") + calling("unlocks()", "pg_advisory_unlock(1)") +
		calling("pair()", "locks(), unlocks()") + calling("one()", "locks()")}})
	for call, found := range map[string]bool{"locks()": true, "unlocks()": true, "one()": true, "pair()": false} {
		if got := does(s, call) != ""; got != found {
			t.Errorf("%s: %t", call, got)
		}
	}
}

func TestWhichRoutineIsCalled(t *testing.T) {
	s := New([]Source{{Name: "1.sql", Text: set("a.f()") + calling("b.f()", "1") + set("g()") + calling("g(x int)", "1") +
		set("twice()") + calling("twice(x int DEFAULT 1)", "1") + set("old()") + set("gone()")},
		{Name: "2.sql", Text: "CREATE OR REPLACE FUNCTION old() RETURNS void LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION gone;"}})
	for call, found := range map[string]bool{
		"a.f()": true, "b.f()": false, "f()": false, "c.f()": false,
		"g()": true, "g(1)": false, "twice()": false, "old()": false, "gone()": false,
	} {
		if got := does(s, call) != ""; got != found {
			t.Errorf("%s: %t, want %t", call, got, found)
		}
	}
}

// One folder's definition is not another's: they may be of two databases.
func TestFoldersThatDisagree(t *testing.T) {
	harmless := "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT 1';"
	for name, test := range map[string]struct {
		sources []Source
		found   bool
	}{
		"one folder":        {[]Source{{Name: "a/1.sql", Text: harmless}, {Name: "a/2.sql", Text: set("f()")}}, true},
		"two that agree":    {[]Source{{Name: "a/1.sql", Text: set("f()")}, {Name: "b/1.sql", Text: set("f()")}}, true},
		"two that do not":   {[]Source{{Name: "a/1.sql", Text: set("f()")}, {Name: "b/1.sql", Text: harmless}}, false},
		"nor the other way": {[]Source{{Name: "a/1.sql", Text: harmless}, {Name: "b/1.sql", Text: set("f()")}}, false},
	} {
		if got := does(New(test.sources), "f()") != ""; got != test.found {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestNames(t *testing.T) {
	s := New([]Source{{Text: set("f()")}})
	for text, want := range map[string]bool{"SELECT f()": true, "SELECT F()": true, "SELECT app.f(1)": true, "SELECT ff()": false, "SELECT f_1()": false, "": false} {
		if s.Names(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
	if new(Schema).Names("SELECT f()") {
		t.Error("an empty schema names something")
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"10_c.up.sql": set("f()"), "2_b.sql": "b", "0001_a.sql": "a\n-- +goose Down\nDROP FUNCTION f;", "10_c.down.sql": "DROP FUNCTION f", "3/down.sql": "DROP FUNCTION f", "3_init_down.sql": "DROP",
		"vendor/x.sql": "x", ".git/y.sql": "y", "readme.md": "z", "sub/1.SQL": "s", "one.psql": "p",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, s := range Files([]string{dir, filepath.Join(dir, "one.psql")}) {
		name, _ := filepath.Rel(dir, filepath.FromSlash(s.Name))
		got = append(got, filepath.ToSlash(name)+" "+strings.TrimSpace(strings.SplitN(s.Text, "\n", 2)[0])[:1])
	}
	if want := []string{"0001_a.sql a", "2_b.sql b", "10_c.up.sql C", "one.psql p", "sub/1.SQL s"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := Check([]string{dir, filepath.Join(dir, "none")}); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("Check: %v", err)
	}
}

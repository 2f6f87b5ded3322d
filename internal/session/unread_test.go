package session

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

const syntaxError = "syntax error for PostgreSQL " + pgquery.PostgreSQL

func TestRefusedTexts(t *testing.T) {
	for text, at := range map[string][]int{ // where ‸ would stand
		"SELECT 1; SELEC 2; SELECT 3":                  {10},
		"Set the table, then reset the clock.":         {8},
		"SELECT FROM WHERE pg_advisory_lock(1)":        {12},
		"SELECT 1; SELECT 'a":                          {17},
		"SELECT 1 +":                                   {10},
		"SELECT é FRM x y z; SELECT 1; )":              {14, 31},
		"SELECT * FORM t WHERE a = ?":                  {9},
		"package main\n\nfunc main() {}\n":             {0},
		"S\x00E\x00T\x00":                              {1},
		"":                                             nil,
		"-- nothing\n;;":                               nil,
		"SELECT 1; UPDATE t SET a = ? WHERE b = :b":    nil,
		"SELECT a ?| $1 FROM t WHERE c = @c":           nil,
		"\\set x 1\nSELECT 1 \\gset\nSELECT :'x', :y;": nil,
		"CREATE INDEX i ON \"{{ index .Options \"Namespace\" }}\".t (a)":                             nil,
		"-- +goose StatementBegin\nDROP TYPE a\n-- +goose StatementEnd\n-- +goose Down\nDROP TYPE b": nil,
		"COPY t FROM stdin;\n1\tSELEC\n\\.\nSELECT 1;":                                               nil,
		"SELECT {{ .Columns }} FROM t {{ if .A }} WH {{ end }}":                                      nil,
		"CREATE TABLE ${schema}.t (a int)":                                                           nil,
		"-- +goose Up\nCREATE FUNCTION f() RETURNS int AS $$ SELEC $$ LANGUAGE sql;":                 nil,
	} {
		var got []int
		for _, u := range Refused(text) {
			got = append(got, u.At)
		}
		if !slices.Equal(got, at) {
			t.Errorf("%q is wrong at %v, want %v", text, got, at)
		}
	}
}

// A long text is read to its end, and a hostile one costs no more than others.
func TestRefusedLongTexts(t *testing.T) {
	long := strings.Repeat("INSERT INTO t VALUES (1, 'a');\n", 4_000)
	if u := Refused(long); len(u) > 0 {
		t.Errorf("refused at %d: %s", u[0].At, u[0].Reason)
	}
	if u := Refused(long + "SELEC"); len(u) != 1 || u[0].At != len(long) || u[0].Reason != syntaxError {
		t.Errorf("%v", u)
	}
	if n := len(Refused(strings.Repeat("SELEC;", 1_000))); n != maxUnread {
		t.Errorf("%d are told", n)
	}
	all := hostile()
	for _, name := range []string{"selects", "commits", "in list"} {
		text := all[name]
		if text == "" {
			t.Fatalf("there is no hostile text %q", name)
		}
		start := clock()
		if Refused(text); clock()-start > 2*time.Second {
			t.Errorf("%s took %v", name, clock()-start)
		}
	}
}

// What cannot be parsed, and shows no effect by its tokens, is unread: with
// what its words could do.
func TestUnread(t *testing.T) {
	for _, test := range []struct {
		text string
		at   int
		kind effect.Kind // one that it could have
		not  effect.Kind // one that it could not
	}{
		{"SET @@session.sql_mode = 'x'", 4, effect.Set, effect.Listen},
		{"SET max_threads = 8, max_memory = 1", 32, effect.Set, effect.SetRole},
		{"PREPARE s FROM 'SELECT 1'", 10, effect.Prepare, effect.Set},
		{"SELECT 1; LISTEN a b", 19, effect.Listen, effect.Unlisten},
		{"DECLARE c CURSOR FORR SELECT 1", 17, effect.CursorHold, effect.Set},
	} {
		a := Analyze(test.text)
		if len(a.Effects) > 0 || len(a.Unread) != 1 {
			t.Errorf("%s: %v, %v", test.text, a.Effects, a.Unread)
			continue
		}
		u := a.Unread[0]
		if u.At != test.at || !slices.Contains(u.Could.Kinds, test.kind) || slices.Contains(u.Could.Kinds, test.not) {
			t.Errorf("%s: %+v", test.text, u)
		}
	}
	for _, text := range []string{"UPDATE t SET a = 1 WHER x", "SELEC currval", "SET ROLE a", "nothing"} {
		if a := Analyze(text); len(a.Unread) > 0 && len(a.Unread[0].Could.Kinds) == 0 {
			t.Errorf("%s: %+v", text, a.Unread)
		}
	}
}

func TestCouldBe(t *testing.T) {
	for text, want := range map[string]effect.Kind{
		"UPDATE t SET a = 1":               "",
		" AND a = 1":                       "",
		"SELECT 1":                         "",
		"\x00LISTEN a":                     effect.Listen,
		"SELECT a, nextval('s') FROM":      effect.SequenceChange,
		"select set_config(":               effect.SetConfigLocal,
		"CREATE TEMP TABLE":                effect.TempOnCommitDrop,
		"SELECT 1; SET x = 1":              effect.Set,
		"CREATE FUNCTION f() AS 'SET x=1'": effect.Set,
	} {
		c := CouldBe(text)
		if (want == "") != c.Nothing() || want != "" && !slices.Contains(c.Kinds, want) {
			t.Errorf("%s: %+v, want %s", text, c, want)
		}
	}
	if c := CouldBe("DO $$ SET $$"); !c.Body {
		t.Error("a DO block has no body")
	}
	if all := Anything(); len(all.Kinds) < 25 || !all.Body {
		t.Errorf("%+v", all)
	}
}

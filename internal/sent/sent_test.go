package sent_test

import (
	"fmt"
	"go/token"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/sent"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/testmod"
)

func TestMain(m *testing.M) { testmod.Main(m, "../../testdata") }

// ignoring takes analysistest's word that no comment wants a fact.
type ignoring struct{}

func (ignoring) Errorf(string, ...any) {}

// statements are those of packages of testdata, each as a line, by the function that sends
// them.
func statements(t *testing.T, opts analyzer.Options, pattern string) (all map[string][]string) {
	t.Helper()
	a, err := analyzer.Sent(opts)
	if err != nil {
		t.Fatal(err)
	}
	all = map[string][]string{}
	for _, r := range analysistest.Run(ignoring{}, "../../testdata", a, pattern) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		result, ok := r.Result.(*analyzer.Result)
		if withTests := r.Pass.Pkg.Scope().Lookup("TestUse") != nil; !ok || withTests != opts.Tests {
			continue // a package is analysed without its tests, and with them
		}
		for _, s := range result.Sent {
			all[s.Func] = append(all[s.Func], line(t, r.Pass.Fset, s))
		}
	}
	return all
}

// line has of a statement what is known: its text, the source at its place, what
// runs it, and when.
func line(t *testing.T, fset *token.FileSet, s sent.Statement) string {
	t.Helper()
	said := fmt.Sprintf("%q", strings.ReplaceAll(s.SQL, string(session.Hole), "…"))
	if s.Fragment {
		said += " in a builder's"
	}
	at := fset.Position(s.Pos)
	source, err := os.ReadFile(at.Filename)
	if err != nil {
		t.Fatal(err)
	}
	rest, _, _ := strings.Cut(string(source[at.Offset:]), "\n")
	said += fmt.Sprintf(" at %q by %s", rest[:min(len(rest), 14)], s.By)
	if s.When != "" {
		said += ", " + s.When
	}
	for _, name := range slices.Sorted(maps.Keys(s.Bound)) {
		said += fmt.Sprintf(", $%s = %s", name, s.Bound[name])
	}
	if s.Does.Kind != "" {
		said += fmt.Sprintf(", does %s", s.Does.Kind)
	}
	return said
}

// What code sends, at the very words: with holes, split, bound, by a wrapper, in a
// hook, in generated files, and what a library sends by itself. A text of which
// nothing is known is none, nor what is for another database.
func TestStatements(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the libraries of testdata")
	}
	got := statements(t, analyzer.Options{}, "./sent/...")
	for name, want := range map[string][]string{
		"whole": {`"SET jit = off" at "SET jit = off\"" by db.ExecContext`},
		"holes": {`"SET search_path TO …, public" at "SET search_pat" by db.ExecContext`},
		"several": {
			`"-- name: One :exec\n\t\tSET jit = off" at "SET jit = off;" by db.ExecContext`,
			`"-- name: Two :exec\n\t\tSELECT pg_advisory_lock(1)" at "SELECT pg_advi" by db.ExecContext`,
		},
		"bound":         {`"SELECT set_config($1, $2, $3)" at "SELECT set_con" by db.ExecContext, $1 = app.tenant, $3 = false`},
		"notBound":      {`"SELECT set_config($1, $2, false)" at "SELECT set_con" by db.ExecContext`},
		"store.wrapped": {`"SET work_mem = '64MB'" at "SET work_mem =" by s.run`},
		"first":         {`"SET lock_timeout = 1" at "SET lock_timeo" by db.ExecContext`},
		"second":        {`"SET lock_timeout = 1" at "SET lock_timeo" by tx.ExecContext`},
		"hook":          {`"SET TIME ZONE 'UTC'" at "SET TIME ZONE " by conn.Exec, on every new connection`},
		"channels": {
			`"LISTEN orders" at "orders\")" by l.Listen`,
			`"LISTEN orders_…" at "orders_\" + ten" by l.Listen`,
			`"LISTEN …" at "tenant)" by l.Listen`,
		},
		"fragment":  {`"set_config('app.user', ?, false) <> ''" in a builder's at "set_config('ap" by db.Where`},
		"library":   {`"" at "migrate.New(\"f" by migrate.New's session lock, does migration-lock`},
		"generated": {`"-- name: SetPath :exec\nSET search_path TO app" at "SET search_pat" by db.ExecContext`},
	} {
		if !slices.Equal(got[name], want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(got[name], "\n"), strings.Join(want, "\n"))
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("more than that: %q", got)
	}
}

// Tests send statements too, for who asks.
func TestStatementsOfTests(t *testing.T) {
	want := []string{`"SET ROLE tester" at "SET ROLE teste" by db.ExecContext`}
	if got := statements(t, analyzer.Options{Tests: true}, "./sent/files"); !slices.Equal(got["TestUse"], want) || len(got["generated"]) != 1 || len(got["ofAnother"]) > 0 {
		t.Errorf("got %q", got)
	}
}

package analyzer_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/poolvet/poolvet/analyzer"
)

// Drivers keep facts as gob, go vet in its build cache and Bazel in a remote
// one, and find what is there by its bytes.
func encoded(t *testing.T, f analysis.Fact) []byte {
	t.Helper()
	var b bytes.Buffer
	// As an interface, as drivers do: the type must be registered.
	if err := gob.NewEncoder(&b).Encode(&f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decoded(t *testing.T, b []byte) (f analysis.Fact) {
	t.Helper()
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFactsSurviveTheirEncoding(t *testing.T) {
	for _, f := range analyzer.Analyzer.FactTypes {
		gob.Register(f) // panics if the name is another type's
		filled := reflect.New(reflect.TypeOf(f).Elem())
		fill(t, filled.Elem())
		fact := filled.Interface().(analysis.Fact)
		first := encoded(t, fact)
		back := decoded(t, first)
		if !reflect.DeepEqual(fact, back) {
			t.Errorf("%+v comes back as %+v", fact, back)
		}
		if !bytes.Equal(first, encoded(t, back)) {
			t.Errorf("%+v has other bytes the second time", fact)
		}
	}
}

// fill sets every field to something.
func fill(t *testing.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for field, f := range v.Fields() {
			if !field.IsExported() {
				t.Fatalf("%s.%s is not encoded", v.Type(), field.Name)
			}
			fill(t, f)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case reflect.Pointer: // gob writes what it points to
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(-1)
	case reflect.Uint8:
		v.SetUint(2)
	case reflect.String:
		v.SetString("text")
	default:
		t.Fatalf("%s: is a %s encoded the same every time?", v.Type(), v.Kind())
	}
}

// wrappers is a package with facts of every sort.
const wrappers = `package wrappers

import (
	"context"
	"database/sql"
	"fmt"
)

type Store struct {
	db  *sql.DB
	Log func(string)
}

type Runner interface{ Run(query string, args ...any) error }

type Query struct{ Text, Name string }

func (s *Store) Run(query string, args ...any) error {
	_, err := s.db.Exec(query, args...)
	return err
}

func (s *Store) Runf(format string, args ...any) error { return s.Run(fmt.Sprintf(format, args...)) }

func (s *Store) Do(q Query) error { return s.Run(q.Text) }

func In(ctx context.Context, tx *sql.Tx, query string) { tx.ExecContext(ctx, query) }

func On(conn *sql.Conn, first, second string) {
	conn.ExecContext(context.Background(), first)
	conn.ExecContext(context.Background(), second)
}

func Any(db interface{ Exec(string, ...any) (sql.Result, error) }, query string) { db.Exec(query) }
`

// facts are those of one run, by object.
func facts(t *testing.T, dir string) (all []string) {
	t.Helper()
	for _, r := range analysistest.Run(ignoring{}, dir, analyzer.New(analyzer.Options{}), "wrappers") {
		for obj, fs := range r.Facts {
			for _, f := range fs {
				all = append(all, fmt.Sprintf("%v %x", obj, encoded(t, f)))
			}
		}
	}
	slices.Sort(all)
	return all
}

// ignoring takes analysistest's word that no comment wants the facts.
type ignoring struct{}

func (ignoring) Errorf(string, ...any) {}

func TestEveryRunExportsTheSameFacts(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "src", "wrappers"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "src", "wrappers", "wrappers.go"), []byte(wrappers), 0o666); err != nil {
		t.Fatal(err)
	}
	first := facts(t, dir)
	if len(first) < 6 {
		t.Fatalf("only %d facts: %v", len(first), first)
	}
	for range 2 {
		if again := facts(t, dir); !slices.Equal(first, again) {
			t.Fatalf("first %v\nthen  %v", first, again)
		}
	}
}

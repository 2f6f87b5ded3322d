package conformance

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/effect"
)

// A mode is one way to configure a driver, and how its statements travel.
type mode struct {
	name   string
	module string // whose version it is true of
	open   func(t *testing.T, dsn string) caller

	plain    wire.Class // a query without arguments
	query    wire.Class // a query with arguments, the first time and again
	exec     wire.Class // Exec with arguments; without, every driver is simple
	prepared wire.Class // Prepare, and the statement's Query
	closing  string     // what closing that statement says
}

// caller is what a program does with a driver. Each sends one statement; prepare
// returns functions that run and close one.
type caller struct {
	query   func(sql string, args ...any) (int, error)
	exec    func(sql string, args ...any) error
	prepare func(sql string) (run func(args ...any) (int, error), close func() error, err error)
}

func TestModesOfDriversOnTheWire(t *testing.T) { atEachRecorded(t, modesOnTheWire) }

func modesOnTheWire(t *testing.T, at recorded) {
	for _, m := range driverModes {
		t.Run(m.name, func(t *testing.T) {
			p := at.record(t)
			c := m.open(t, at.dsn(p))
			if _, err := c.query("select 40 + 1"); err != nil { // connects
				t.Fatal(err)
			}
			p.Take()

			wants := func(what string, want wire.Class, err error) {
				t.Helper()
				heard := p.Take()
				if err != nil {
					t.Fatalf("%s: %v", what, err)
				}
				if got := wire.ClassOf(heard); got != want {
					t.Errorf("%s is %s, want %s: %s", what, got, want, wire.Trace(heard))
				}
			}
			_, err := c.query("select 41 + 1")
			wants("a query without arguments", m.plain, err)
			n, err := c.query(m.marked("select $1::int4 + 1"), 41)
			wants("a query with arguments", m.query, err)
			if n != 42 {
				t.Errorf("41 + 1 is %d", n)
			}
			_, err = c.query(m.marked("select $1::int4 + 1"), 42)
			wants("the same query again", m.query, err)
			wants("Exec without arguments", wire.Simple, c.exec("update item set name = 'x'"))
			wants("Exec with arguments", m.exec, c.exec(m.marked("update item set name = $1"), "y"))
			run, stop, err := c.prepare("select $1::int4 * 2")
			if err == nil {
				_, err = run(21)
			}
			wants("Prepare", m.prepared, err)
			ends := at.failed(t, stop())
			if got := closing(p.Take()); got != m.closing {
				t.Errorf("closing says %q, want %q", got, m.closing)
			}
			prove(t, sectionDrivers, m.claim()+ends, of(m.module)+", "+at.name)
		})
	}
}

// marked writes a text as the mode's library takes its arguments.
func (m mode) marked(text string) string {
	if m.module == goPg {
		return strings.ReplaceAll(text, "$1", "?")
	}
	return text
}

// claim says in words what the mode's row says.
func (m mode) claim() string {
	without := ""
	if m.plain != m.query {
		without = ", and simple without arguments"
	}
	return fmt.Sprintf("%s: queries are %s%s; a prepared statement is %s and ends with %s", m.name, m.query, without, m.prepared, inWords[m.closing])
}

// kind is the effect that the mode has on whatever it runs, or none.
func (m mode) kind() effect.Kind {
	switch m.query {
	case wire.Named:
		return effect.NamedStatement
	case wire.TwoTrips:
		return effect.SplitStatement
	}
	return ""
}

// closing is what a statement's Close says, without the name it closes.
func closing(heard []wire.Message) string {
	var words string
	for _, m := range heard {
		m.Name = ""
		if m.Type == 'Q' {
			m.Text = firstWord(m.Text)
		}
		words += m.String()
	}
	return words
}

func dsn(addr string) string {
	return fmt.Sprintf("postgres://postgres@%s/postgres?sslmode=disable", addr)
}

// standard is a caller of database/sql, on one connection.
func standard(t *testing.T, db *sql.DB, err error) caller {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	return caller{
		query: func(text string, args ...any) (n int, err error) {
			err = db.QueryRow(text, args...).Scan(&n)
			return n, err
		},
		exec: func(text string, args ...any) error {
			_, err := db.Exec(text, args...)
			return err
		},
		prepare: func(text string) (func(args ...any) (int, error), func() error, error) {
			stmt, err := db.Prepare(text)
			if err != nil {
				return nil, nil, err
			}
			return func(args ...any) (n int, err error) {
				err = stmt.QueryRow(args...).Scan(&n)
				return n, err
			}, stmt.Close, nil
		},
	}
}

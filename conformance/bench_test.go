package conformance

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/pooler"
)

// A bench is two clients of a pooler that has two server connections. A third
// client holds the second, so that a and b share the first.
type bench struct {
	*testing.T
	site   site
	pooler *server.Pooler
	pg     *server.Postgres
	a, b   *wire.Client
	other  *wire.Client // holds the second server connection
}

func newBench(t *testing.T, at site) *bench {
	t.Helper()
	p, pg := at.run(t, 2)
	s := &bench{T: t, site: at, pooler: p, pg: pg}
	s.a, s.b, s.other = s.connect(), s.connect(), s.connect()
	s.hold(s.a)
	s.hold(s.other)
	s.release(s.a)
	if a, b := s.value(s.a, "select pg_backend_pid()"), s.value(s.b, "select pg_backend_pid()"); a != b {
		t.Fatalf("two clients one after the other were lent the server connections %s and %s", a, b)
	}
	return s
}

func (s *bench) hold(c *wire.Client) {
	s.Helper()
	if err := c.Hold(); err != nil {
		s.Fatal(err)
	}
}

func (s *bench) release(c *wire.Client) {
	s.Helper()
	if err := c.Release(); err != nil {
		s.Fatal(err)
	}
}

func (s *bench) connect() *wire.Client {
	s.Helper()
	c, err := wire.Connect(s.pooler.Addr, login())
	if err != nil {
		s.Fatal(err)
	}
	c.Pause = s.site.pause
	s.Cleanup(c.Close)
	return c
}

// direct is a client of the server itself.
func (s *bench) direct() *wire.Client {
	s.Helper()
	return direct(s.T, s.pg)
}

// dsn is how a Go driver connects to the bench's pooler.
func (s *bench) dsn() string {
	return fmt.Sprintf("postgres://postgres@%s/postgres?sslmode=disable", s.pooler.Addr)
}

// with is what a claim was proved with.
func (s *bench) with() string { return with(s.pooler, s.pg) }

// value runs a query that must work.
func (s *bench) value(c *wire.Client, sql string) string {
	s.Helper()
	v, err := c.Value(sql)
	if err != nil {
		s.Fatalf("%s: %v", sql, err)
	}
	return v
}

// sees reports whether a probe, a query for a boolean, holds for a client.
func (s *bench) sees(c *wire.Client, probe string) bool {
	s.Helper()
	time.Sleep(s.site.pause) // what ran before may not have been by a client of the bench
	return s.value(c, probe) == "t"
}

// elsewhere runs f while another client holds the shared server connection, so
// that a is lent the second.
func (s *bench) elsewhere(f func()) {
	s.Helper()
	shared := s.value(s.b, "select pg_backend_pid()")
	c := s.connect()
	s.hold(c)
	s.release(s.other)
	f()
	if s.value(s.b, "select pg_backend_pid()") == shared {
		s.Fatal("the held server connection was lent to another client")
	}
	s.hold(s.other)
	s.release(c)
	if s.value(s.b, "select pg_backend_pid()") != shared {
		s.Fatal("the shared server connection is not the one that is lent next")
	}
}

// refused tells an error of the pooler from one of the connection.
func (s *bench) refused(err error) pooler.Outcome {
	s.Helper()
	var e *wire.Error
	if !errors.As(err, &e) {
		s.Fatal(err)
	}
	s.Logf("refused: %v", e)
	return pooler.Refused
}

// left is the outcome of a statement whose state a probe shows: who sees it,
// the next client on the server connection, or its own on another.
func (s *bench) left(probe string) pooler.Outcome {
	s.Helper()
	leaks := s.sees(s.b, probe)
	keeps := false
	s.elsewhere(func() { keeps = s.sees(s.a, probe) })
	s.Logf("the next client has it: %t; this one elsewhere: %t", leaks, keeps)
	switch {
	case leaks:
		return pooler.Leaks
	case keeps:
		return pooler.OK
	}
	return pooler.Lost
}

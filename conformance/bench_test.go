package conformance

import (
	"errors"
	"fmt"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/pooler"
)

// A bench is two clients of one PgBouncer whose pool has room for two server
// connections. It lends the one that came back last, so a and b share the
// first, and whoever comes while that is held is lent the second.
type bench struct {
	*testing.T
	bouncer *server.PgBouncer
	a, b    *wire.Client
}

func newBench(t *testing.T, mode string) *bench {
	t.Helper()
	bouncer, err := server.StartPgBouncer(upstream, mode, map[string]string{"default_pool_size": "2"}, "other")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bouncer.Stop)
	s := &bench{T: t, bouncer: bouncer}
	s.a, s.b = s.connect(), s.connect()
	if a, b := s.value(s.a, "select pg_backend_pid()"), s.value(s.b, "select pg_backend_pid()"); a != b {
		t.Fatalf("two clients one after the other were lent the server connections %s and %s", a, b)
	}
	return s
}

func (s *bench) connect() *wire.Client {
	s.Helper()
	c, err := wire.Connect(s.bouncer.Addr, login())
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(c.Close)
	return c
}

// dsn is how a Go driver connects to the bench's pooler.
func (s *bench) dsn() string {
	return fmt.Sprintf("postgres://postgres@%s/postgres?sslmode=disable", s.bouncer.Addr)
}

// with is what a claim was proved with.
func (s *bench) with() string {
	return "PgBouncer " + major(s.bouncer.Version, 2) + ", " + postgresVersion()
}

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
	return s.value(c, probe) == "t"
}

// elsewhere runs f while another client holds the shared server connection.
func (s *bench) elsewhere(f func()) {
	s.Helper()
	shared := s.value(s.b, "select pg_backend_pid()")
	c := s.connect()
	if err := c.Hold(); err != nil {
		s.Fatal(err)
	}
	f()
	if s.value(s.b, "select pg_backend_pid()") == shared {
		s.Fatal("the held server connection was lent to another client")
	}
	// The other server connection came back later, so it would be lent first.
	if err := c.Release(); err != nil {
		s.Fatal(err)
	}
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

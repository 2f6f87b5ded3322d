package conformance

import (
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

const sectionAgroal = "pgagroal in its transaction pipeline: what becomes of an effect"

// pgagroal lends a server connection until its client leaves, so that no bench
// has two clients on one: what a client leaves is seen by the next.
func TestPgagroal(t *testing.T) {
	root, ok := agroalRoot()
	if !ok {
		t.Skip("no system has pgagroal")
	}
	p := startAgroal(t, root, shortened(t, upstream))
	profile, err := pooler.Lookup("pgagroal@" + p.Version)
	if err != nil {
		t.Skipf("%v: no profile claims anything of it", err)
	}
	for _, left := range []struct {
		kind        effect.Kind
		text, probe string
	}{
		{effect.Set, "SET statement_timeout = '7s'", is("statement_timeout", "7s")},
		{effect.Set, "SET TIME ZONE 'Asia/Tokyo'", is("TimeZone", "Asia/Tokyo")},
		{effect.SetConfig, "SELECT set_config('app.tenant', 'a', false)", is("app.tenant", "a")},
		{effect.SetCharacteristics, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", is("default_transaction_read_only", "on")},
		{effect.SetRole, "SET ROLE other", "select current_user = 'other'"},
		{effect.SetSessionAuthorization, "SET SESSION AUTHORIZATION other", "select session_user = 'other'"},
		{effect.Prepare, "PREPARE s AS SELECT 1", "select count(*) > 0 from pg_prepared_statements where name = 's'"},
		{effect.Listen, "LISTEN news", "select count(*) > 0 from pg_listening_channels()"},
		{effect.CursorHold, "DECLARE c CURSOR WITH HOLD FOR SELECT 1", "select count(*) > 0 from pg_cursors where name = 'c'"},
		{effect.TempObject, "CREATE TEMP TABLE scratch (id int)", "select count(*) > 0 from pg_class where relnamespace = pg_my_temp_schema() and relname = 'scratch'"},
		{effect.AdvisoryLock, "SELECT pg_advisory_lock(7)", "select count(*) > 0 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"},
		{effect.LoadLibrary, "LOAD 'auto_explain'", "select count(*) > 0 from pg_settings where name = 'auto_explain.log_min_duration'"},
		{effect.TempSlot, "SELECT pg_create_physical_replication_slot('agroal', true, true)",
			"select count(*) > 0 from pg_replication_slots where slot_name = 'agroal' and active_pid = pg_backend_pid()"},
	} {
		t.Run(left.text, func(t *testing.T) {
			e := script{kind: left.kind, text: left.text}.of(t)
			a := agroalClient(t, p)
			ask(t, a, left.text)
			a.Close()
			b := agroalClient(t, p)
			defer b.Close()
			got := pooler.Lost
			if v, err := b.Value(left.probe); err != nil {
				t.Fatal(err)
			} else if v == "t" {
				got = pooler.Leaks
			}
			ask(t, b, "DISCARD ALL")
			if v := profile.Verdict(e); v.Outcome != got {
				t.Errorf("%s %s: %s, and the table says %s: %s", profile, left.kind, got, v.Outcome, v.Why)
			}
			prove(t, sectionAgroal, fmt.Sprintf("%s: `%s`: %s", left.kind, left.text, got), with(p, upstream))
		})
	}
	t.Run("startup parameter", func(t *testing.T) {
		a := agroalClient(t, p, "statement_timeout", "7s")
		defer a.Close()
		if v, err := a.Value("show statement_timeout"); err != nil || v != "0" {
			t.Errorf("statement_timeout is %q: %v", v, err)
		}
		if v := profile.Verdict(effect.Effect{Kind: effect.StartupParameter, Object: "statement_timeout"}); v.Outcome != pooler.Lost {
			t.Errorf("the table says %s", v.Outcome)
		}
		prove(t, sectionAgroal, "startup parameter statement_timeout: lost", with(p, upstream))
	})
	t.Run("a client keeps its server connection until it leaves", func(t *testing.T) {
		a := agroalClient(t, p)
		ask(t, a, "select 1")
		b, err := wire.Connect(p.Addr, login())
		if err == nil {
			if _, err = b.Value("select 1"); err == nil {
				t.Error("a second client was served by the one server connection")
			}
			b.Close()
		}
		t.Log(err)
		a.Close()
		ask(t, agroalClient(t, p), "select 1")
		prove(t, sectionAgroal, "a client keeps its server connection until it leaves", with(p, upstream))
	})
}

// startAgroal starts one that serves a client: on a busy machine its only server
// connection can be taken for good before the first client comes.
func startAgroal(t *testing.T, root server.Root, pg *server.Postgres) *server.Pooler {
	t.Helper()
	for range 5 {
		p, err := server.StartAgroal(root, pg, "transaction", 1)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			c, err := wire.Connect(p.Addr, login())
			if err == nil {
				c.Close()
				t.Cleanup(p.Stop)
				return p
			}
			t.Log(err)
			time.Sleep(100 * time.Millisecond)
		}
		p.Stop()
	}
	t.Fatal("no pgagroal serves a client")
	return nil
}

// agroalRoot is the system that has pgagroal.
func agroalRoot() (server.Root, bool) {
	for _, r := range server.Roots() {
		if r.Name() == "sid" {
			return r, true
		}
	}
	return "", false
}

// agroalClient connects once the client before it has been seen to leave.
func agroalClient(t *testing.T, p *server.Pooler, params ...string) *wire.Client {
	t.Helper()
	var err error
	for range 50 {
		var c *wire.Client
		if c, err = wire.Connect(p.Addr, login(params...)); err == nil {
			t.Cleanup(c.Close)
			return c
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal(err)
	return nil
}

func ask(t *testing.T, c *wire.Client, sql string) {
	t.Helper()
	if _, err := c.Query(sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// shortened is a PostgreSQL on a port of four digits, of which each connection
// is passed on.
func shortened(t *testing.T, pg *server.Postgres) *server.Postgres {
	t.Helper()
	l, err := server.ShortPort()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", pg.Addr)
			if err != nil {
				near.Close()
				continue
			}
			for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
				go func() {
					io.Copy(way[0], way[1])
					near.Close()
					far.Close()
				}()
			}
		}
	}()
	short := *pg
	short.Addr, short.Port = l.Addr().String(), l.Addr().(*net.TCPAddr).Port
	return &short
}

package conformance

import (
	"fmt"
	"regexp"
	"sync/atomic"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
)

// A recorded is a server that a driver talks to through a recorder, in a
// database of its own.
type recorded struct {
	name, addr, database string
	pooled               bool // what is said may fail there, as the verdicts have it
}

// atEachRecorded runs a test against the machine's PostgreSQL, the newest one,
// and the newest poolers in front of that: what drivers and libraries say by
// themselves, they say there too.
func atEachRecorded(t *testing.T, test func(t *testing.T, at recorded)) {
	all := []recorded{{name: postgresVersion(), addr: upstream.Addr, database: "postgres"}}
	for _, r := range server.Roots() {
		if r.Name() != "sid" {
			continue
		}
		pg, err := there(r)()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, recorded{name: "PostgreSQL " + major(pg.Version, 1), addr: pg.Addr, database: "postgres"})
		for _, at := range sites() {
			if at.root == r && at.server == r.Name() && at.mode == "transaction" && at.settings == nil {
				p, pg := at.run(t, 5)
				all = append(all, recorded{name: with(p, pg), addr: p.Addr, database: database(t, pg), pooled: true})
			}
		}
	}
	for _, at := range all {
		t.Run(at.name, func(t *testing.T) { test(t, at) })
	}
}

// database makes one for a single test.
func database(t *testing.T, pg *server.Postgres) string {
	t.Helper()
	c := direct(t, pg)
	name := fmt.Sprintf("recorded%d", databases.Add(1))
	ask(t, c, "create database "+name)
	params := login()
	params["database"] = name
	own, err := wire.Connect(pg.Addr, params)
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	ask(t, own, "create table item (id serial primary key, name text)")
	return name
}

var databases atomic.Int32

var sqlState = regexp.MustCompile(`SQLSTATE \w{5}`)

// failed takes an error for what the verdicts have it to be behind a pooler,
// and else for one of the test.
func (at recorded) failed(t *testing.T, err error) string {
	t.Helper()
	switch {
	case err == nil:
		return ""
	case !at.pooled:
		t.Fatal(err)
	}
	t.Log(err)
	if code := sqlState.FindString(err.Error()); code != "" {
		return "; that fails with " + code
	}
	return "; that fails"
}

// dsn is how a driver connects to a recorder of the server.
func (at recorded) dsn(p *wire.Proxy) string {
	return fmt.Sprintf("postgres://postgres@%s/%s?sslmode=disable", p.Addr, at.database)
}

// record puts a recorder in front of the server.
func (at recorded) record(t *testing.T) *wire.Proxy {
	t.Helper()
	p, err := wire.Record(at.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

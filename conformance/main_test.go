// Package conformance proves on real servers and real libraries what poolvet
// claims: docs/evidence.md lists the claims, and is written by these tests
// with -update.
package conformance

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
)

var upstream *server.Postgres

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if err := server.Installed(); err != nil {
		fmt.Fprintf(os.Stderr, "conformance: nothing is proved, since there are no servers to prove it on:\n%v\n", err)
		if os.Getenv("CI") == "true" {
			return 1
		}
		return 0
	}
	var err error
	upstream, err = server.StartPostgres("", "max_connections=60")
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		return 1
	}
	defer upstream.Stop()
	defer stopOthers()
	if err := prepare(upstream); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		return 1
	}
	code := m.Run()
	if code == 0 {
		if err := settle(); err != nil {
			fmt.Fprintln(os.Stderr, "conformance:", err)
			return 1
		}
	}
	return code
}

// prepare makes what scripts take for granted: an unprivileged role, a
// sequence and the dblink functions.
func prepare(pg *server.Postgres) error {
	c, err := wire.Connect(pg.Addr, login())
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Query(`create role other superuser login; create sequence counter; create extension dblink;
		create table item (id serial primary key, name text)`)
	return err
}

// login is the startup packet of the superuser, with more parameters as pairs.
func login(pairs ...string) map[string]string {
	params := map[string]string{"user": "postgres", "database": "postgres"}
	for i := 0; i < len(pairs); i += 2 {
		params[pairs[i]] = pairs[i+1]
	}
	return params
}

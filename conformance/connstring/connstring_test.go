// Package connstring holds what poolvet reads of connection strings against the
// drivers' own parsers. It needs no server.
package connstring

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-pg/pg/v10"
	pgconn4 "github.com/jackc/pgconn"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
	"github.com/uptrace/bun/driver/pgdriver"

	dsnread "github.com/poolvet/poolvet/internal/dsn"
)

// settled are the keys that pgconn reads itself, in either major version: what
// else is in a connection string is a startup parameter. Their values need not
// be good for a connection to be made.
var settled = []string{"host", "port", "database", "dbname", "user", "password", "passfile", "connect_timeout", "sslmode", "sslkey",
	"sslcert", "sslcertmode", "sslrootcert", "sslnegotiation", "sslpassword", "sslsni", "krbspn", "krbsrvname", "target_session_attrs",
	"service", "servicefile", "min_read_buffer_size", "min_protocol_version", "max_protocol_version", "channel_binding", "require_auth"}

// strings of every notation, and what the drivers' own tests are hard on.
var connectionStrings = []string{
	"postgres://u:p@h:5432/d?sslmode=disable&search_path=a,b",
	"postgresql://h/d?statement_timeout=5s&statement_timeout=6s",
	"postgres://h1:1,h2:2/d?target_session_attrs=any&jit=off",
	"postgres://u:p%40w@h/d?options=-c%20jit%3Doff&application_name=a+b",
	"postgres://h/d?empty=&k=v#fragment",
	"postgres:///d?host=/tmp&work_mem=64MB",
	"host=h dbname=d user=u search_path='a b' jit=off",
	`host=h application_name='it\'s' options='-c jit=off'`,
	"host = h  jit = off",
	"host=h jit=off jit=on",
	"host=h password='' work_mem=''",
	"host=h\tjit=off\nwork_mem=1MB",
	"postgres://u:p@H1,h2:2/d?work_mem=1MB",
	"postgres:///d?host=/var/run&port=6432",
	"host=a,b port=1,2",
	"postgres://h/d?host=",
	"postgres://h:1/d?port=",
	"",
}

// Fuzz holds the reading of connection strings against the drivers' own: where
// a driver takes a string, poolvet finds the parameters in it that the driver
// sends, with their values.
func FuzzConnectionStrings(f *testing.F) {
	for _, s := range connectionStrings {
		if !dsnread.Parse(s).Whole {
			f.Errorf("%q is not read", s)
		}
		f.Add(s)
	}
	for _, env := range os.Environ() {
		if name, _, _ := strings.Cut(env, "="); strings.HasPrefix(name, "PG") {
			os.Unsetenv(name)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) { // lib/pq replaces what is none, here and where it is escaped
			return
		}
		if strings.ContainsRune(s, 0) || strings.Contains(s, "service") || strings.Contains(s, "passfile") || strings.Contains(s, "ssl") {
			return // these read files
		}
		if d := dsnread.Parse(s); !d.Whole || d.IsURL && d.Scheme != "postgres" && d.Scheme != "postgresql" {
			return // nothing is said of it
		}
		got := parametersOf(s)
		if c, err := pgconn.ParseConfig(s); err == nil {
			compare(t, "pgx v5", s, got, c.RuntimeParams)
			compareServers(t, s, c)
		}
		if c, err := pgconn4.ParseConfig(s); err == nil {
			compare(t, "pgx v4", s, got, c.RuntimeParams)
		}
		if c, err := pq.NewConfig(s); err == nil {
			compare(t, "lib/pq", s, got, c.Runtime)
		}
		if o, err := pg.ParseURL(s); err == nil && o.ApplicationName != "" {
			compare(t, "go-pg", s, got, map[string]string{"application_name": o.ApplicationName})
		}
		if strings.Contains(s, "://") { // without, it is no URL to any other
			compare(t, "pgdriver", s, got, pgdriverParams(s))
		}
	})
}

// compareServers holds the servers of a string, where poolvet says that it knows
// them, against those that pgx would try.
func compareServers(t *testing.T, s string, c *pgconn.Config) {
	t.Helper()
	tried := []dsnread.Server{{Host: strings.ToLower(c.Host), Port: fmt.Sprint(c.Port)}}
	for _, f := range c.Fallbacks {
		tried = append(tried, dsnread.Server{Host: strings.ToLower(f.Host), Port: fmt.Sprint(f.Port)})
	}
	known := dsnread.Servers(s)
	for i := range known {
		known[i].Port = cmp.Or(strings.TrimLeft(known[i].Port, "0"), "0")
	}
	if got, want := known, slices.Compact(tried); got != nil && !slices.Equal(slices.Compact(got), want) {
		t.Errorf("pgx v5 tries %v of %q, poolvet reads %v", want, s, got)
	}
}

// pgdriverParams are what pgdriver sends, and what it SETs: nothing where it
// panics, which is how it refuses a string. No server takes a SET without a
// value, or of a key that the others keep to themselves.
func pgdriverParams(s string) (sent map[string]string) {
	defer func() {
		if recover() != nil {
			sent = nil
		}
	}()
	c := pgdriver.NewConnector(pgdriver.WithDSN(s)).Config()
	sent = map[string]string{}
	for key, value := range c.ConnParams {
		if value, ok := value.(string); ok && value != "" && !slices.Contains(settled, key) {
			sent[key] = value
		}
	}
	if c.AppName != "" {
		sent["application_name"] = c.AppName
	}
	return sent
}

// parametersOf are the keys that poolvet reads and no driver keeps to itself.
func parametersOf(s string) map[string]dsnread.Param {
	d := dsnread.Parse(s)
	got := map[string]dsnread.Param{}
	for _, p := range d.Params {
		if value, ok := d.Get(p.Key); ok && !slices.Contains(settled, p.Key) {
			got[p.Key] = value
		}
	}
	return got
}

func compare(t *testing.T, name, s string, got map[string]dsnread.Param, sent map[string]string) {
	t.Helper()
	if _, nameless := sent[""]; nameless {
		return // no server takes it
	}
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		if p, ok := got[key]; !ok && readable(key) || ok && p.Known() && utf8.ValidString(p.Value) && p.Value != sent[key] {
			t.Errorf("%s sends %s=%q of %q, poolvet reads %+v", name, key, sent[key], s, got)
		}
	}
}

// readable: what is no name of a parameter may be part of a secret, and is
// never told.
func readable(key string) bool {
	return key != "" && len(key) < 64 && strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == ""
}

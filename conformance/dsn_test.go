package conformance

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-pg/pg/v10"
	pgconn4 "github.com/jackc/pgconn"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"

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
	"",
}

// Fuzz holds the reading of connection strings against the drivers' own: where
// a driver takes a string, poolvet finds the parameters in it that the driver
// sends, with their values.
func FuzzConnectionStrings(f *testing.F) {
	for _, s := range connectionStrings {
		f.Add(s)
	}
	for _, env := range os.Environ() {
		if name, _, _ := strings.Cut(env, "="); strings.HasPrefix(name, "PG") {
			os.Unsetenv(name)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsRune(s, 0) || strings.Contains(s, "service") || strings.Contains(s, "passfile") || strings.Contains(s, "ssl") {
			return // these read files
		}
		got := parametersOf(s)
		if c, err := pgconn.ParseConfig(s); err == nil {
			compare(t, "pgx v5", s, got, c.RuntimeParams)
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
	})
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
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		if p, ok := got[key]; !ok && readable(key) || ok && p.Known() && p.Value != sent[key] {
			t.Errorf("%s sends %s=%q of %q, poolvet reads %+v", name, key, sent[key], s, got)
		}
	}
}

// readable: what is no name of a parameter may be part of a secret, and is
// never told.
func readable(key string) bool {
	return key != "" && len(key) < 64 && strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == ""
}

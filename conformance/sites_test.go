package conformance

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/internal/pooler"
)

// A site is a pooler of one version and mode in front of a PostgreSQL, which
// the profile judges.
type site struct {
	root     server.Root // of the pooler
	start    func(r server.Root, pg *server.Postgres, mode string, settings map[string]string, users ...string) (*server.Pooler, error)
	profile  string
	mode     string
	server   string // whose PostgreSQL it is: that of a suite, or "here"
	upstream func() (*server.Postgres, error)
	size     string        // the setting that says how many server connections there are
	pause    time.Duration // how long after an answer the server connection is given back
	switches map[pooler.Switch]bool
	settings map[string]string // that turn the switches
}

func (s site) String() string {
	name := s.profile
	if s.root != "" {
		name += " of " + s.root.Name()
	}
	return name + s.setup()
}

// setup is what the settings are that are not the product's defaults.
func (s site) setup() (words string) {
	for _, name := range slices.Sorted(maps.Keys(s.settings)) {
		words += " with " + name + " " + s.settings[name]
	}
	return words
}

// run starts the pooler with some server connections.
func (s site) run(t *testing.T, connections int) (*server.Pooler, *server.Postgres) {
	t.Helper()
	pg, err := s.upstream()
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{s.size: strconv.Itoa(connections)}
	for k, v := range s.settings {
		settings[k] = v
	}
	p, err := s.start(s.root, pg, s.mode, settings, "other")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p, pg
}

// judge is the profile of what runs at a site, nil for a version that no
// profile claims anything of.
func (s site) judge(t *testing.T) *pooler.Pooler {
	t.Helper()
	running, pg := s.run(t, 2)
	p, err := pooler.Lookup(s.profile + "@" + running.Version)
	if err != nil {
		t.Skipf("%v: no profile claims anything of it", err)
	}
	postgres, _ := strconv.Atoi(major(pg.Version, 1))
	return p.With(pooler.Settings{Switches: s.switches, Postgres: postgres})
}

// with is what a claim was proved with.
func with(p *server.Pooler, pg *server.Postgres) string {
	return fmt.Sprintf("%s %s, PostgreSQL %s", p.Product, major(p.Version, 2), major(pg.Version, 1))
}

// atEach runs a test at each site: those on one PostgreSQL by turns, as scripts
// mind each other's locks, sequences and notifications, and those on different
// ones at once.
func atEach(t *testing.T, test func(t *testing.T, at site)) {
	byServer := map[string][]site{}
	for _, at := range sites() {
		byServer[at.server] = append(byServer[at.server], at)
	}
	for _, name := range slices.Sorted(maps.Keys(byServer)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, at := range byServer[name] {
				t.Run(at.String(), func(t *testing.T) { test(t, at) })
			}
		})
	}
}

// sites are the machine's own PgBouncer on its PostgreSQL, and what the roots
// have, on their PostgreSQL and on the machine's.
func sites() []site {
	here := func() (*server.Postgres, error) { return upstream, nil }
	all := pgbouncers("", "here", here)
	for _, r := range server.Roots() {
		all = append(all, pgbouncers(r, r.Name(), there(r))...)
		if r.Name() != "sid" {
			continue
		}
		all = append(all, pgbouncers(r, "here", here)[:1]...)
		for name, upstream := range map[string]func() (*server.Postgres, error){"here": here, r.Name(): there(r)} {
			odyssey := site{root: r, start: server.StartOdyssey, profile: "odyssey", mode: "transaction", server: name, upstream: upstream, size: "pool_size", pause: 15 * time.Millisecond}
			all = append(all, odyssey)
			odyssey.switches = map[pooler.Switch]bool{pooler.PreparedStatements: false}
			odyssey.settings = map[string]string{"pool_reserve_prepared_statement": "no"}
			all = append(all, odyssey)
		}
	}
	return all
}

func pgbouncers(r server.Root, name string, upstream func() (*server.Postgres, error)) []site {
	s := site{root: r, start: server.StartPgBouncer, profile: "pgbouncer", mode: "transaction", server: name, upstream: upstream, size: "default_pool_size"}
	statement, without := s, s
	statement.profile, statement.mode = "pgbouncer-statement", "statement"
	if r == "" { // 1.18 keeps no prepared statements
		return []site{s, statement}
	}
	without.switches = map[pooler.Switch]bool{pooler.PreparedStatements: false}
	without.settings = map[string]string{"max_prepared_statements": "0"}
	return []site{s, statement, without}
}

// others are the PostgreSQLs of roots, which run until the tests end.
var others struct {
	sync.Mutex
	of map[server.Root]*server.Postgres
}

// there is a root's PostgreSQL.
func there(r server.Root) func() (*server.Postgres, error) {
	return func() (*server.Postgres, error) {
		others.Lock()
		defer others.Unlock()
		if pg := others.of[r]; pg != nil {
			return pg, nil
		}
		pg, err := server.StartPostgres(r, "max_connections=60")
		if err != nil {
			return nil, err
		}
		if err := prepare(pg); err != nil {
			pg.Stop()
			return nil, err
		}
		if others.of == nil {
			others.of = map[server.Root]*server.Postgres{}
		}
		others.of[r] = pg
		return pg, nil
	}
}

func stopOthers() {
	for _, pg := range others.of {
		pg.Stop()
	}
}

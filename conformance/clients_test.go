package conformance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/conformance/traced"
)

// A real is a client of another language: what it runs in clients/, as a
// database user of its own.
type real struct {
	user    string
	pkg     string   // of Debian, whose version is shown
	names   []string // in internal/client, of all that send for it, itself first
	program string
	args    []string

	quiet bool // it sends nothing by itself that changes a session
	here  bool // the machine's own, not that of sid
}

const (
	python = "/usr/bin/python3"
	java   = "/usr/lib/jvm/java-*-openjdk-*/bin/java"
)

// Of a libpq before 17, which the machine has, statements are forgotten by SQL,
// and by the protocol from there on.
var reals = []real{
	{user: "asyncpg", pkg: "python3-asyncpg", names: []string{"asyncpg"}, program: python, args: []string{"asyncpg_types.py"}},
	{user: "psycopg2", pkg: "python3-psycopg2", names: []string{"psycopg 2"}, program: python, args: []string{"psycopg2_session.py"}},
	{user: "psycopg", pkg: "python3-psycopg", names: []string{"psycopg 3"}, program: python, args: []string{"psycopg_prepared.py"}},
	{user: "psycopg31", pkg: "python3-psycopg", names: []string{"psycopg 3"}, program: python, args: []string{"psycopg_prepared.py"}, here: true},
	{user: "sqlalchemy", pkg: "python3-sqlalchemy", names: []string{"SQLAlchemy", "asyncpg", "psycopg 2", "psycopg 3"}, program: python, args: []string{"sqlalchemy_engines.py"}},
	{user: "django", pkg: "python3-django", names: []string{"Django", "psycopg 3"}, program: python, args: []string{"django_connects.py"}},
	{user: "node", pkg: "node-pg", names: []string{"node-postgres"}, program: "/usr/bin/nodejs", args: []string{"pg.js"}, quiet: true},
	{user: "pdo", pkg: "php-pgsql", names: []string{"PDO"}, program: "/usr/bin/php", args: []string{"pdo.php"}},
	{user: "pdo82", pkg: "php-pgsql", names: []string{"PDO"}, program: "/usr/bin/php", args: []string{"pdo.php"}, here: true},
	{user: "dbi", pkg: "libdbd-pg-perl", names: []string{"DBD::Pg"}, program: "/usr/bin/perl", args: []string{"dbi.pl"}, quiet: true},
	{user: "dbi316", pkg: "libdbd-pg-perl", names: []string{"DBD::Pg"}, program: "/usr/bin/perl", args: []string{"dbi.pl"}, here: true},
	{user: someone, pkg: "python3-psycopg2", names: []string{"psycopg 2"}, program: python, args: []string{"someone.py"}},
	// From here on they are told by the name of their application.
	{user: "jdbc", pkg: "libpostgresql-jdbc-java", names: []string{"JDBC"}, program: java, args: []string{"-cp", "/usr/share/java/postgresql.jar", "Jdbc.java"}},
	{user: "rails", pkg: "ruby-activerecord", names: []string{"Rails"}, program: "/usr/bin/ruby", args: []string{"rails.rb"}},
	{user: "person", pkg: "postgresql-client-18", names: []string{"psql"}, program: "/usr/bin/psql", args: []string{"-X", "-v", "ON_ERROR_STOP=1", "-f", "person.sql"}},
	{user: "dump", pkg: "postgresql-client-18", names: []string{"pg_dump"}, program: "/usr/bin/pg_dump", args: []string{"-f", "/dev/null"}},
}

// on is the system that a client is of, where sid's have a system.
func (c real) on(sid server.Root) server.Root {
	if c.here {
		return ""
	}
	return sid
}

// service is the user of the service in Go.
const service = "service"

// someone is whose statements are no client's own: someone wrote them.
const someone = "someone"

// logging are the settings of a server that writes all formats at once.
var logging = []string{"log_statement=all", "logging_collector=on", "log_destination=stderr,csvlog,jsonlog", "log_filename=postgresql.log",
	"log_line_prefix=" + prefix}

// prefix tells applications apart: trace finds it out.
const prefix = "%m [%p] %q%u@%d %a "

// startLogged starts a server whose log is read, with a user for each client and
// each function of the service.
func startLogged(t *testing.T, r server.Root, settings ...string) *server.Postgres {
	t.Helper()
	pg, err := server.StartPostgres(r, append(logging[:len(logging):len(logging)], settings...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pg.Stop)
	setup := traced.Schema + "create role django_role superuser;"
	for _, c := range reals {
		setup += user(c.user)
	}
	for _, w := range traced.Ways {
		setup += user(w.Func)
	}
	setup += user(service)
	c, err := wire.Connect(pg.Addr, login())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Query(setup + "alter role psycopg2 set datestyle = 'SQL, DMY'"); err != nil {
		t.Fatal(err)
	}
	return pg
}

func user(name string) string {
	return fmt.Sprintf(`create role %q superuser login; create schema %[1]q authorization %[1]q;`, name)
}

// runAll runs clients and the service, two at a time; without the system of
// clients the service alone. It runs as one user, as a service does, and each
// function of it as one of its own, which tells what is whose.
func runAll(t *testing.T, system server.Root, clients []real, pg *server.Postgres) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	var all []func() error
	for _, w := range traced.Ways {
		all = append(all, func() error {
			for _, user := range []string{w.Func, service} {
				if err := w.Run(ctx, fmt.Sprintf("postgres://%s@%s/postgres?sslmode=disable", user, pg.Addr)); err != nil {
					return failed(user+", "+w.Func, err)
				}
			}
			return nil
		})
	}
	dirs := map[server.Root]string{}
	for _, r := range []server.Root{"", system} {
		dir, remove, err := r.Folder("clients")
		if err != nil {
			t.Fatal(err)
		}
		defer remove()
		dirs[r] = dir
	}
	for _, c := range clients {
		if r := c.on(system); system != "" {
			version := packageOf(t, system, c)
			all = append(all, func() error {
				err := r.Client(ctx, pg, c.user, dirs[r], c.program, c.args...)
				if err != nil && !c.isOfEvidence(version) {
					lose(c, version, err)
					return nil
				}
				return failed(c.user, err)
			})
		}
	}
	if err := inPairs(all); err != nil {
		t.Fatal(err)
	}
}

// lost are the users whose client does not run as it did: the suite has moved on
// to another version of it than that of the evidence.
var lost struct {
	sync.Mutex
	users []string
}

func lose(c real, version string, err error) {
	lost.Lock()
	defer lost.Unlock()
	lost.users = append(lost.users, c.user)
	fmt.Fprintf(os.Stderr, "conformance: NOT PROVED TODAY: %s %s does not run: %v; what trace says of it stands as docs/evidence.md has it, with the day of it\n", c.names[0], version, err)
}

// isOfEvidence reports whether the evidence is of this version of the client.
func (c real) isOfEvidence(version string) bool {
	doc, err := os.ReadFile(evidenceFile)
	return err == nil && strings.Contains(string(doc), " "+c.names[0]+" "+version+", PostgreSQL")
}

func failed(who string, err error) error {
	if err != nil {
		err = fmt.Errorf("%s: %w", who, err)
	}
	return err
}

// inPairs runs functions, two at a time.
func inPairs(all []func() error) error {
	errs := make([]error, len(all))
	next := make(chan int)
	var done sync.WaitGroup
	for range 2 {
		done.Go(func() {
			for i := range next {
				errs[i] = all[i]()
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	done.Wait()
	return errors.Join(errs...)
}

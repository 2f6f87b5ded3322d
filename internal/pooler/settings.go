package pooler

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Switch is a setting that is on or off.
type Switch string

const (
	// PreparedStatements: the pooler keeps named prepared statements of the
	// protocol for its clients (PgBouncer: max_prepared_statements > 0).
	PreparedStatements Switch = "prepared-statements"
	// QueryParser: the pooler parses every statement (PgDog: query_parser = "on").
	QueryParser Switch = "query-parser"
	// PubSub: the pooler keeps LISTEN for its clients (PgDog: pub_sub_channel_size > 0).
	PubSub Switch = "pub-sub"
)

// Settings are what a profile takes for granted and a server may do otherwise.
type Settings struct {
	Switches map[Switch]bool // those that are not at the product's default
	// TrackedParams names parameters that the pooler is set to track
	// (PgBouncer: track_extra_parameters).
	TrackedParams []string
	// IgnoredParams names startup parameters that the pooler is set to ignore
	// (PgBouncer: ignore_startup_parameters).
	IgnoredParams []string
	// Postgres is the major version of PostgreSQL behind the pooler, 0 where
	// it is not known.
	Postgres int
}

// With returns p under other settings.
//
// A pooler learns a parameter's value from the server's ParameterStatus, so one
// that PostgreSQL does not report cannot be tracked, whatever the settings say:
// PgBouncer 1.20 to 1.25 take such a setting and drop the client's value
// (measured with 1.25.2), 1.26 keeps the value of the startup packet only.
func (p *Pooler) With(s Settings) *Pooler {
	q := *p
	q.postgres = s.Postgres
	for _, name := range slices.Sorted(maps.Keys(s.Switches)) {
		q.turn(name, s.Switches[name])
	}
	if p.tracks && len(s.TrackedParams) > 0 {
		q.set, q.startup = q.set.without(p.replaced), q.startup.without(p.replaced)
		for _, name := range s.TrackedParams {
			q.track(plain(name))
		}
	}
	if p.ignored.Outcome != "" {
		for _, name := range s.IgnoredParams {
			q.ignore(plain(name))
		}
	}
	return &q
}

// turn gives p the cells that a setting brings.
func (p *Pooler) turn(name Switch, on bool) {
	c, ok := p.switches[name]
	if !ok {
		return
	}
	p.cells = maps.Clone(p.cells)
	if on {
		maps.Copy(p.cells, c.on)
	} else {
		maps.Copy(p.cells, c.off)
	}
}

// turned is a fresh profile with a setting.
func (p *Pooler) turned(name Switch, on bool) *Pooler {
	p.turn(name, on)
	return p
}

// plain is a parameter's name as tables have it.
func plain(name string) string { return canonical(strings.ToLower(strings.TrimSpace(name))) }

func (p *Pooler) track(name string) {
	if !p.reports(name) {
		if p.unreported.Outcome != "" {
			p.startup = p.startup.over(params{name: p.unreported})
		}
		return
	}
	ok := Verdict{Outcome: OK, Evidence: Documented, Why: "the settings say that the pooler tracks it, and PostgreSQL reports it", Reference: pgbConfig}
	p.set = p.set.over(params{name: ok})
	p.startup = p.startup.over(params{name: ok})
}

// reports reports whether PostgreSQL tells its clients the parameter's value:
// some version does, where the version is not known.
func (p *Pooler) reports(name string) bool {
	since, ok := reportedSince[name]
	return ok && (p.postgres == 0 || p.postgres >= since)
}

// ignore makes a startup parameter one that is dropped without a word.
func (p *Pooler) ignore(name string) {
	v, ok := lostForNothing[name]
	if !ok {
		v = p.ignored
	}
	p.startup = p.startup.over(params{name: v})
	if name == "options" { // what is tracked in them counts all the same
		p.startup = p.startup.over(params{anyOption: v})
	}
}

// The versions of PostgreSQL that can be named: those that its community
// supports. https://www.postgresql.org/support/versioning/
const oldestPostgres, newestPostgres = 15, 18

// PostgresVersions are those versions, in words.
var PostgresVersions = fmt.Sprintf("%d to %d", oldestPostgres, newestPostgres)

// IsPostgres reports whether it is one of those versions.
func IsPostgres(major int) bool { return oldestPostgres <= major && major <= newestPostgres }

// reportedSince are the parameters that PostgreSQL reports to its clients
// (GUC_REPORT) and that a client can set, and the version that began to.
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-ASYNC
var reportedSince = map[string]int{
	"application_name": 9, "client_encoding": 9, "datestyle": 9, "intervalstyle": 9,
	"session_authorization": 9, "standard_conforming_strings": 9, "timezone": 9,
	"default_transaction_read_only": 14, "scram_iterations": 16, "search_path": 18,
}

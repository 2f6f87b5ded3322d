package pooler

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

// Default is the pooler that code is judged for unless another is named.
const Default = "rdsproxy"

// profiles makes a fresh profile for each name, in the order All lists them.
// minor is the minor version of PgBouncer, for those that take a version.
var profiles = []struct {
	name      string
	versioned bool
	make      func(minor int) *Pooler
}{
	{Default, false, rdsproxy},
	{"pgbouncer", true, pgbouncer},
	{"pgbouncer-statement", true, pgbouncerStatement},
	{"odyssey", false, odyssey},
	{"pgcat", false, pgcat},
	{"supavisor", false, supavisor},
	{"pgdog", false, pgdog},
	{"azure", false, azure},
	{"alloydb", false, alloydb},
	{"cloudsql", false, cloudsql},
	{"neon", false, neon},
	{"heroku", false, heroku},
	{"digitalocean", false, digitalocean},
	{"none", false, none},
}

// Lookup returns the profile that spec names: a name, or name@version where
// the product's versions differ ("pgbouncer@1.18"; bare means the newest
// known). The error for an unknown name or version lists what there is.
func Lookup(spec string) (*Pooler, error) {
	name, version, hasVersion := strings.Cut(strings.ToLower(strings.TrimSpace(spec)), "@")
	for _, p := range profiles {
		if p.name != name {
			continue
		}
		if !hasVersion {
			return p.make(newest).named(name), nil
		}
		if !p.versioned {
			return nil, fmt.Errorf("pooler %s has no versions, got %q", name, spec)
		}
		minor, ok := minorVersion(version)
		if !ok {
			return nil, fmt.Errorf("PgBouncer version %q is not known; known are 1.%d to 1.%d", version, oldest, newest)
		}
		return p.make(minor).named(name), nil
	}
	return nil, fmt.Errorf("pooler %q is not known; known are %s", spec, strings.Join(names(), ", "))
}

// All lists a profile for each name, in the newest version.
func All() []*Pooler {
	var all []*Pooler
	for _, p := range profiles {
		all = append(all, p.make(newest).named(p.name))
	}
	return all
}

func (p *Pooler) named(name string) *Pooler {
	p.Name = name
	return p
}

func names() []string {
	var names []string
	for _, p := range profiles {
		name := p.name
		if p.versioned {
			name += "[@VERSION]"
		}
		names = append(names, name)
	}
	return names
}

// minorVersion reads 1.25 and 1.25.2: patch releases changed no verdict.
func minorVersion(version string) (int, bool) {
	parts := strings.Split(version, ".")
	if len(parts) < 2 || len(parts) > 3 || parts[0] != "1" {
		return 0, false
	}
	for _, part := range parts {
		if _, err := strconv.ParseUint(part, 10, 16); err != nil {
			return 0, false
		}
	}
	minor, _ := strconv.Atoi(parts[1])
	return minor, oldest <= minor && minor <= newest
}

// Settings are what a profile takes for granted and a server may do otherwise.
type Settings struct {
	// PreparedStatements: whether the pooler keeps named prepared statements
	// of the protocol for its clients (PgBouncer: max_prepared_statements > 0).
	// nil leaves it as the product's default.
	PreparedStatements *bool
	// TrackedParams names parameters that the pooler is set to track
	// (PgBouncer: track_extra_parameters).
	TrackedParams []string
}

// With returns p under other settings.
//
// A pooler learns a parameter's value from the server's ParameterStatus, so one
// that PostgreSQL does not report cannot be tracked, whatever the settings say:
// PgBouncer 1.20 to 1.25 take such a setting and drop the client's value
// (measured with 1.25.2), 1.26 keeps the value of the startup packet only.
func (p *Pooler) With(s Settings) *Pooler {
	q := *p
	if s.PreparedStatements != nil && p.keeps.Outcome != "" {
		q.cells = maps.Clone(p.cells)
		q.cells[effect.NamedStatement] = p.drops
		if *s.PreparedStatements {
			q.cells[effect.NamedStatement] = p.keeps
		}
	}
	if !p.canTrack() {
		return &q
	}
	for _, name := range s.TrackedParams {
		q.track(canonical(strings.ToLower(strings.TrimSpace(name))))
	}
	return &q
}

func (p *Pooler) track(name string) {
	if slices.Contains(reported, name) {
		ok := Verdict{Outcome: OK, Evidence: Documented, Why: "the settings say that the pooler tracks it, and PostgreSQL reports it", Reference: pgbConfig}
		p.set = p.set.over(params{name: ok})
		p.startup = p.startup.over(params{name: ok})
		return
	}
	if p.unreported.Outcome != "" {
		p.startup = p.startup.over(params{name: p.unreported})
	}
}

// reported are the parameters that PostgreSQL reports to its clients
// (GUC_REPORT) and that a client can set.
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-ASYNC
var reported = []string{
	"application_name", "client_encoding", "datestyle", "default_transaction_read_only", "intervalstyle",
	"scram_iterations", "search_path", "session_authorization", "standard_conforming_strings", "timezone",
}

package analyzer

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/poolvet/poolvet/internal/behind"
	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/fix"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/schema"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/unknown"
)

// Options are what a user can choose. The zero value is the default. The flags
// of the analyzer set the same fields.
type Options struct {
	// Pooler is the pooler in front of the database, with a version where it
	// has one: "rdsproxy" (the default), "pgbouncer@1.18". Behind a comma stand
	// those of some code, as PATTERN=POOLER: of packages, as import paths or,
	// with a dot, as folders of their module, or of the server that a connection
	// string names: "rdsproxy,./analytics/...=pgbouncer@1.21,host:db.internal=none".
	Pooler string
	// Strict also reports verdicts that are contested, only inferred or slight,
	// and texts that nothing is seen to run.
	Strict bool
	// Rules turns rules off ("-set-role"), or leaves only those named on
	// ("set-role").
	Rules []string
	// Funcs are further functions that take SQL, with the index of the text
	// among the arguments: "(*example.com/db.Store).Run:1".
	Funcs []string
	// TrackedParams are parameters that the pooler is set up to track. One that
	// PostgreSQL does not report to its clients leaks all the same.
	TrackedParams []string
	// PreparedStatements says whether the pooler keeps named prepared
	// statements of the protocol: "on", "off", or "" for the product's default.
	PreparedStatements string
	// QueryParser and PubSub say whether PgDog parses every statement, and
	// whether it keeps LISTEN for its clients: "on", "off", or "".
	QueryParser, PubSub string
	// IgnoredParams are startup parameters that the pooler is set up to ignore.
	IgnoredParams []string
	// Postgres is the major version of PostgreSQL, 15 to 18; 0 where it is not
	// known, and what hangs on it is said to.
	Postgres int
	// Direct are patterns of code whose connections bypass the pooler, as in
	// Pooler: "./migrations/..." is "./migrations/...=none" there.
	Direct []string
	// Schema are folders and files of SQL: what a call of a function does that
	// they define is reported at the call.
	Schema []string
	// ExecMode is the mode of pgx v5 that fixes set: "cache_describe" (the
	// default), which keeps values in binary, or "exec", which sends text.
	ExecMode string
	// DSN are keys that the deployment's connection string sets, as it spells
	// them: "binary_parameters=yes default_query_exec_mode=exec". They hold where
	// the program's own string is not known in full and does not set them.
	DSN string
	// FixListener lets a fix make river poll, which costs latency.
	FixListener bool
	// Tests analyses test files too: _test.go, and files that import testing
	// or a library for tests.
	Tests bool
	// AtEmbed reports what stands in an embedded file at the variable that
	// embeds it (or, where that is another package's, where it is run), with
	// the file's name and line in the message. It is for drivers that drop
	// findings outside Go files, as golangci-lint does.
	AtEmbed bool

	given behind.Given
}

// Giving is o for a program whose packages give each other pools: what they say
// of them in Result.Gives.
func (o Options) Giving(g behind.Given) Options {
	o.given = g
	return o
}

// AddFlags binds the options to flags.
func (o *Options) AddFlags(fs *flag.FlagSet) {
	if o.Pooler == "" {
		o.Pooler = pooler.Default
	}
	fs.StringVar(&o.Pooler, "pooler", o.Pooler, "the `pooler` in front of the database: rdsproxy, pgbouncer, pgbouncer@1.18, …; for some code, ./analytics/...=pgbouncer@1.21 or host:db.internal=none")
	fs.BoolVar(&o.Strict, "strict", o.Strict, "also report what is contested, only inferred or slight, and texts that nothing is seen to run")
	fs.StringVar(&o.ExecMode, "exec-mode", o.ExecMode, "the `mode` of pgx v5 that fixes set: cache_describe (the default) or exec")
	fs.StringVar(&o.DSN, "dsn", o.DSN, "`keys` that the deployment's connection string sets: binary_parameters=yes default_query_exec_mode=exec")
	fs.BoolVar(&o.FixListener, "fix-listener", o.FixListener, "let a fix make river poll, which costs latency")
	fs.BoolVar(&o.Tests, "tests", o.Tests, "analyse test files too")
	fs.BoolVar(&o.AtEmbed, "at-embed", o.AtEmbed, "report what stands in an embedded file at the variable that embeds it")
	fs.Var((*list)(&o.Rules), "rules", "`rules` to turn off (-set-role), or the only ones to apply (set-role,listen)")
	fs.Var((*list)(&o.Funcs), "func", "a further `function` that takes SQL and the index of its text: (*example.com/db.Store).Run:1")
	fs.Var((*list)(&o.TrackedParams), "tracked-params", "`parameters` that the pooler is set up to track; one that PostgreSQL does not report (search_path before 18) leaks all the same")
	fs.StringVar(&o.PreparedStatements, "prepared-statements", o.PreparedStatements, "whether the pooler keeps named prepared statements: `on` or off")
	fs.StringVar(&o.QueryParser, "query-parser", o.QueryParser, "whether PgDog parses every statement (query_parser): `on` or off")
	fs.StringVar(&o.PubSub, "pub-sub", o.PubSub, "whether PgDog keeps LISTEN for its clients (pub_sub_channel_size above 0): `on` or off")
	fs.Var((*list)(&o.IgnoredParams), "ignored-params", "startup `parameters` that the pooler is set up to ignore (ignore_startup_parameters): they are lost instead of refused")
	fs.IntVar(&o.Postgres, "postgres", o.Postgres, "the major `version` of PostgreSQL, 15 to 18, where what becomes of something hangs on it (search_path)")
	fs.Var((*list)(&o.Schema), "schema", "`folders` and files of SQL that define functions and triggers, such as migrations or a pg_dump --schema-only: what a statement leaves in the session by them is reported at the statement")
	fs.Var((*list)(&o.Direct), "direct", "`patterns` of code whose connections bypass the pooler: ./migrations/..., host:db.internal, port:5432")
}

// list is a flag that takes several values, by commas or by repetition.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

// Get is for those who print flags otherwise than in one string.
func (l *list) Get() any { return []string(*l) }

func (l *list) Set(s string) error {
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}

// settings are options that have been understood.
type settings struct {
	Options
	product *pooler.Pooler // of all code, by itself
	set     pooler.Settings
	pooler  *pooler.Pooler // with these
	none    *pooler.Pooler // for code that bypasses the pooler
	spec    *behind.Spec   // which code is behind which
	known   *sync.Map      // of the poolers for some code, by name
	funcs   sqlflow.Funcs
	dsn     dsn.DSN // of the deployment
	schema  func() *schema.Schema
	only    map[string]bool
	off     map[string]bool
	weighs  bool // for Compare: uncertain verdicts count
}

// Validate says what is wrong with the options: the error names the value and
// what would be right.
func (o Options) Validate() error {
	_, err := o.settings()
	return err
}

func (o Options) settings() (*settings, error) {
	s := &settings{Options: o, known: new(sync.Map), funcs: sqlflow.Funcs{}, only: map[string]bool{}, off: map[string]bool{}}
	spec, err := behind.Parse(o.Pooler, o.Direct)
	if err != nil {
		return nil, err
	}
	p, err := pooler.Lookup(spec.Default)
	if err != nil {
		return nil, err
	}
	set, err := o.poolerSettings()
	if err != nil {
		return nil, err
	}
	if o.ExecMode != "" && !fix.IsExecMode(o.ExecMode) {
		return nil, fmt.Errorf("exec-mode: %q is neither cache_describe nor exec", o.ExecMode)
	}
	s.spec, s.product, s.set, s.pooler = spec, p, set, p.With(set)
	if s.none, err = pooler.Lookup("none"); err != nil {
		return nil, err
	}
	for _, spec := range o.Funcs {
		if err := s.funcs.Add(spec); err != nil {
			return nil, fmt.Errorf("func: %w", err)
		}
	}
	if s.dsn, err = dsn.Deployment(o.DSN); err != nil {
		return nil, fmt.Errorf("dsn: %w", err)
	}
	if err := schema.Check(o.Schema); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	s.schema = sync.OnceValue(func() *schema.Schema { return schema.New(schema.Files(o.Schema)) })
	return s, s.setRules(o.Rules)
}

func (o Options) poolerSettings() (pooler.Settings, error) {
	set := pooler.Settings{Switches: map[pooler.Switch]bool{}, TrackedParams: o.TrackedParams, IgnoredParams: o.IgnoredParams, Postgres: o.Postgres}
	for name, value := range map[pooler.Switch]string{
		pooler.PreparedStatements: o.PreparedStatements, pooler.QueryParser: o.QueryParser, pooler.PubSub: o.PubSub,
	} {
		switch value {
		case "":
		case "on", "off":
			set.Switches[name] = value == "on"
		default:
			return set, fmt.Errorf("%s: %q is neither on nor off", name, value)
		}
	}
	if o.Postgres != 0 && !pooler.IsPostgres(o.Postgres) {
		return set, fmt.Errorf("postgres: version %d is not known; known are %s", o.Postgres, pooler.PostgresVersions)
	}
	return set, nil
}

// InVain says which options change nothing behind any of the poolers, and why,
// beginning with the option's name.
func (o Options) InVain(poolers ...string) (why []string) {
	set, err := o.poolerSettings()
	if err != nil {
		return nil
	}
	for i, name := range poolers {
		p, err := pooler.Lookup(name)
		if err != nil {
			return nil
		}
		vain := p.InVain(set)
		if i == 0 {
			why = vain
		}
		why = slices.DeleteFunc(why, func(s string) bool { return !slices.Contains(vain, s) })
	}
	return why
}

// WithPatterns is o with the patterns of its Pooler and Direct changed.
func (o Options) WithPatterns(change func(pattern string) string) Options {
	o.Pooler, o.Direct = behind.WithPatterns(o.Pooler, change), slices.Clone(o.Direct)
	for i, pattern := range o.Direct {
		o.Direct[i] = change(pattern)
	}
	return o
}

// Behind is what Pooler and Direct say, nothing where they are wrong, of which
// Validate tells.
func (o Options) Behind() *behind.Spec {
	spec, err := behind.Parse(o.Pooler, o.Direct)
	if err != nil {
		return new(behind.Spec)
	}
	return spec
}

func (s *settings) setRules(names []string) error {
	for _, name := range names {
		id, off := strings.CutPrefix(name, "-")
		if LookupRule(id) == nil {
			return fmt.Errorf("rules: %w", unknown.Name(id, ruleIDs()))
		}
		if off {
			s.off[id] = true
		} else {
			s.only[id] = true
		}
	}
	return nil
}

func ruleIDs() []string {
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	return ids
}

// enabled reports whether a rule is on.
func (s *settings) enabled(id string) bool {
	return !s.off[id] && (len(s.only) == 0 || s.only[id])
}

// Enables reports whether the options are good and leave a rule on.
func (o Options) Enables(rule string) bool {
	s, err := o.settings()
	return err == nil && s.enabled(rule)
}

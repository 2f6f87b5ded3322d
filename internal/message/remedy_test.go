package message

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
)

// tried are parameters of each class, and what is none.
var tried = words(`session_replication_role row_security zero_damaged_pages synchronous_commit maintenance_work_mem
	vacuum_cost_delay debug_print_plan default_statistics_target check_function_bodies statement_timeout lock_timeout
	transaction_timeout work_mem jit enable_seqscan search_path timezone application_name client_encoding
	default_transaction_isolation default_transaction_read_only transaction_isolation role session_authorization
	app.tenant hnsw.ef_search yb_read_from_followers replication endpoint cluster options no_such_parameter`)

var noParameters = words("replication endpoint cluster options no_such_parameter")

var poolers = []string{"rdsproxy", "pgbouncer@1.18", "pgbouncer@1.20", "pgbouncer@1.22", "pgbouncer", "pgbouncer-statement",
	"odyssey", "pgcat", "supavisor", "pgdog", "azure", "alloydb", "neon", "heroku", "none"}

// advice is one remedy, and what it is for.
type advice struct {
	p      *pooler.Pooler
	e      effect.Effect
	s      Situation
	remedy string
}

func (a advice) String() string {
	return fmt.Sprintf("%s, %s %q (%s) at %b, %+v:\n\t%s", a.p, a.e.Kind, a.e.Object, a.e.Words, a.s.Where, a.s, a.remedy)
}

// allAdvice is every remedy that a finding can have: kind by object by place by
// pooler.
var allAdvice = sync.OnceValue(func() []advice {
	var all []advice
	for _, spec := range poolers {
		p, err := pooler.Lookup(spec)
		if err != nil {
			panic(err)
		}
		for _, e := range effectsToTry() {
			for place := Somewhere; place <= InFunction; place <<= 1 {
				for _, s := range situationsOf(e.Kind) {
					s.Where = place
					all = append(all, advise(p, e, s)...)
				}
			}
		}
	}
	return all
})

func situationsOf(kind effect.Kind) []Situation {
	switch {
	case slices.Contains(settingKinds, kind):
		return []Situation{{}, {varies: true}, {zero: true}, {Undone: true}}
	case kind == effect.LongStatement:
		return []Situation{{verb: "insert"}, {verb: "do"}, {verb: "create"}}
	}
	return []Situation{{}, {varies: true}}
}

func effectsToTry() []effect.Effect {
	var all []effect.Effect
	for _, e := range samples {
		if !slices.Contains(settingKinds, e.Kind) {
			all = append(all, e)
		}
	}
	for _, kind := range settingKinds {
		for name := range tried {
			if kind != effect.StartupParameter && noParameters[name] {
				continue
			}
			all = append(all, effect.Effect{Kind: kind, Object: name, Words: "SET " + name, Local: effect.False})
		}
		all = append(all, effect.Effect{Kind: kind, Words: "SET …", Local: effect.False})
	}
	for _, words := range []string{"CREATE TEMP VIEW v", "CREATE TEMP SEQUENCE s", "CREATE FUNCTION pg_temp.f", "CREATE TYPE pg_temp.t",
		"INTO TEMP t", "CREATE TEMP TABLE t", "pg_create_logical_replication_slot('s', …)"} {
		all = append(all, effect.Effect{Kind: effect.TempObject, Object: "x", Words: words})
	}
	for _, lock := range []string{"pg_advisory_lock", "pg_advisory_lock_shared", "pg_try_advisory_lock", "PG_TRY_ADVISORY_LOCK_SHARED"} {
		all = append(all, effect.Effect{Kind: effect.AdvisoryLock, Words: lock + "(1)"})
	}
	return all
}

var settingKinds = []effect.Kind{effect.Set, effect.SetConfig, effect.SetLocal, effect.SetConfigLocal, effect.ConnectSet, effect.StartupParameter}

// advise is the remedy of an effect at a place where it can be, if the pooler
// minds it.
func advise(p *pooler.Pooler, e effect.Effect, s Situation) []advice {
	startup := e.Kind == effect.StartupParameter || e.Kind == effect.ConnectSet
	if startup != (s.Where == AtStartup) {
		return nil
	}
	switch s.Where {
	case InDo:
		e.Body, e.InTransaction = effect.DoBlock, true
	case InFunction:
		e.Body, e.InTransaction = effect.FunctionBody, true
	default:
		e.Body, e.InTransaction = effect.Direct, false
	}
	var all []advice
	if v := p.Verdict(e); v.Outcome != pooler.OK {
		all = append(all, advice{p, e, s, remedyOf(e, p, s)})
	}
	if s.Where == OnPool && pooler.OutsideTransaction(e.Kind).Outcome != pooler.OK {
		s.OutsideTx = true
		all = append(all, advice{p, e, s, remedyOf(e, p, s)})
	}
	return all
}

func TestEveryRemedyIsOneLine(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range allAdvice() {
		first, second, _ := strings.Cut(a.remedy, ", or ")
		switch {
		case a.remedy == "", strings.ContainsAny(a.remedy, "{};\n"), strings.Contains(a.remedy, "  "), strings.HasSuffix(a.remedy, " "),
			first == second, strings.HasPrefix(a.remedy, "or "), strings.Count(a.remedy, "direct connection") > 1,
			strings.Count(a.remedy, "ALTER ROLE") > 1 && !strings.Contains(a.remedy, " or default_"), strings.Count(a.remedy, "CTE") > 1:
			t.Fatal(a)
		}
		seen[a.remedy] = true
	}
	if len(seen) < 50 {
		t.Errorf("%d remedies in all", len(seen))
	}
}

// What only a job wants is not to be given to the whole application.
func TestASettingOfAJobStaysItsOwn(t *testing.T) {
	n := 0
	for _, a := range allAdvice() {
		if !slices.Contains(settingKinds, a.e.Kind) {
			continue
		}
		name := strings.ToLower(a.e.Object)
		wide := a.s.Where == AtStartup || a.s.Where&InHook != 0
		job := jobs[name] || strings.HasPrefix(name, "vacuum_") || strings.HasPrefix(name, "debug_") ||
			a.s.zero && strings.HasSuffix(name, "_timeout") || a.s.Undone && !wide || !wide && !everywhere[name]
		if !job {
			continue
		}
		n++
		for _, all := range []string{"ALTER ROLE", "ALTER DATABASE", "initialization query", "connection string"} {
			if strings.Contains(a.remedy, all) && name != "options" {
				t.Fatalf("%s for all: %v", all, a)
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d cases", n)
	}
}

// What a remedy names is ok itself behind that pooler.
func TestARemedyWorksBehindItsPooler(t *testing.T) {
	for _, a := range allAdvice() {
		if a.s.OutsideTx && strings.Contains(a.remedy, a.p.Offers.PinMetric) && a.p.Offers.PinMetric != "" {
			continue // it says what to check
		}
		for words, kind := range map[string]effect.Kind{
			"use SET LOCAL ROLE": effect.SetLocalRole, "use SET LOCAL": effect.SetLocal, ", true)": effect.SetConfigLocal, "ON COMMIT DROP": effect.TempOnCommitDrop,
			"_xact_lock": effect.AdvisoryXactLock, "in one transaction": aTransaction, "in a transaction": aTransaction,
			"in the transaction": aTransaction, "BeginTx": aTransaction, "use BEGIN": aTransaction,
			"cursor without hold": effect.Cursor, "leave preparing to the driver": effect.NamedStatement,
			"in the connection string": effect.StartupParameter,
		} {
			if !strings.Contains(a.remedy, words) || words == "use SET LOCAL" && strings.Contains(a.remedy, "SET LOCAL ROLE") {
				continue
			}
			e := a.e
			e.Kind, e.Local = kind, effect.True
			if v := a.p.Verdict(e); v.Outcome != pooler.OK {
				t.Fatalf("%s is %s: %v", words, v.Outcome, a)
			}
		}
		if strings.Contains(a.remedy, "initialization query") && a.p.Offers.InitQuery == "" {
			t.Fatalf("it has none: %v", a)
		}
	}
}

// What a remedy names exists.
func TestARemedyNamesWhatExists(t *testing.T) {
	functions := words(`pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared
		set_config unnest row_number pg_stat_statements pg_notify`)
	call := regexp.MustCompile(`\b(pg_[a-z_]+|[a-z_]+)\(`)
	prefixed := regexp.MustCompile(`\bpg_[a-z_]+`)
	role := regexp.MustCompile(`(?:ALTER ROLE … SET|a SET) ([a-z_.]+)`)
	none := words("role session_authorization transaction_isolation replication endpoint reference cluster options no_such_parameter")
	seen := map[string]bool{}
	for _, a := range allAdvice() {
		if seen[a.remedy] {
			continue
		}
		seen[a.remedy] = true
		for _, m := range call.FindAllStringSubmatch(a.remedy, -1) {
			if !functions[m[1]] {
				t.Fatalf("%s: %v", m[1], a)
			}
		}
		for _, name := range prefixed.FindAllString(a.remedy, -1) {
			if !functions[name] {
				t.Fatalf("%s: %v", name, a)
			}
		}
		for _, m := range role.FindAllStringSubmatch(a.remedy, -1) {
			if name := m[1]; name != "clause" && (none[name] || !session.IsParameter(name)) {
				t.Fatalf("%s: %v", name, a)
			}
		}
	}
}

// A remedy fits the place: there is no transaction in a hook, and no Go in SQL.
func TestARemedyFitsItsPlace(t *testing.T) {
	unfit := map[Where][]string{
		OnConnect:  {"SET LOCAL", "in a transaction", "in one transaction", "xact_lock"},
		AtStartup:  {"SET LOCAL", "in a transaction", "connection string"},
		InFile:     {"BeginTx", "$1", "in the program", "pool of"},
		InDo:       {"BeginTx", "$1", "in the program", "in one transaction"},
		InFunction: {"BeginTx", "$1", "in the program", "in one transaction"},
		InScript:   {"BeginTx", "$1", "in the program", "pool of", "in a transaction", "in one transaction", "in the transaction that needs it"},
		InTx:       {"in a transaction", "in one transaction", "in the transaction that needs it"},
	}
	for _, a := range allAdvice() {
		for _, words := range unfit[a.s.Where] {
			if a.e.Kind.Scope() == effect.Session && strings.Contains(a.remedy, words) && !strings.Contains(a.remedy, "as SET LOCAL") {
				t.Fatalf("%s: %v", words, a)
			}
		}
	}
}

func TestALockKeepsItsKind(t *testing.T) {
	p, err := pooler.Lookup("rdsproxy")
	if err != nil {
		t.Fatal(err)
	}
	for words, twin := range map[string]string{
		"pg_advisory_lock(1)":                        "pg_advisory_xact_lock",
		"pg_advisory_lock_shared($1)":                "pg_advisory_xact_lock_shared",
		"pg_try_advisory_lock(1, 2)":                 "pg_try_advisory_xact_lock",
		"pg_try_advisory_lock_shared(1)":             "pg_try_advisory_xact_lock_shared",
		"PG_TRY_ADVISORY_LOCK (1)":                   "pg_try_advisory_xact_lock",
		"pg_catalog.pg_try_advisory_lock_shared (1)": "pg_try_advisory_xact_lock_shared",
	} {
		e := effect.Effect{Kind: effect.AdvisoryLock, Words: words}
		for place, want := range map[Where]string{
			InTx:      "use " + twin,
			OnPool:    "use " + twin + " in a transaction, or a direct connection",
			OnConnect: "use a direct connection",
			InDo:      "use " + twin + " there",
		} {
			if got := remedyOf(e, p, Situation{Where: place}); got != want {
				t.Errorf("%s: %s, want %s", words, got, want)
			}
		}
	}
}

// The remedies that are told apart by more than their kind.
func TestRemedies(t *testing.T) {
	set := func(name string) effect.Effect {
		return effect.Effect{Kind: effect.Set, Object: name, Words: "SET " + name}
	}
	startup := func(name string) effect.Effect {
		return effect.Effect{Kind: effect.StartupParameter, Object: name, Words: name}
	}
	for _, test := range []struct {
		pooler string
		e      effect.Effect
		s      Situation
		want   string
	}{
		{"pgbouncer", set("statement_timeout"), Situation{Where: OnConn, zero: true}, "use SET LOCAL statement_timeout in a transaction, or a direct connection"},
		{"rdsproxy", set("statement_timeout"), Situation{Where: OnConn, zero: true}, "use a role or a direct connection of the job's own"},
		{"pgbouncer", set("lock_timeout"), Situation{Where: OnConn, Apart: true}, "use a role or a direct connection of the job's own"},
		{"pgbouncer", set("role"), Situation{Where: OnConn, Apart: true}, "connect as that role"},
		{"pgbouncer", effect.Effect{Kind: effect.SetRole}, Situation{Where: OnConn, Apart: true}, "connect as that role"},
		{"pgbouncer", effect.Effect{Kind: effect.AdvisoryLock, Words: "pg_advisory_lock(1)"}, Situation{Where: OnPool, Apart: true}, "use a direct connection"},
		{"pgbouncer", effect.Effect{Kind: effect.AdvisoryUnlock, Words: "pg_advisory_unlock(1)"}, Situation{Where: OnPool, Apart: true}, "use a direct connection"},
		{"rdsproxy", set("session_replication_role"), Situation{Where: OnPool}, "use a function with a SET session_replication_role clause, or a role or a direct connection of the job's own"},
		{"rdsproxy", set("synchronous_commit"), Situation{Where: OnPool}, "use a role or a direct connection of the job's own"},
		{"rdsproxy", set("session_replication_role"), Situation{Where: OnConnect}, "use a role or a direct connection of the job's own"},
		{"pgbouncer", set("work_mem"), Situation{Where: OnConnect}, "use ALTER ROLE … SET work_mem"},
		{"rdsproxy", set("work_mem"), Situation{Where: OnConnect}, "use the proxy's initialization query or ALTER ROLE … SET work_mem"},
		{"pgbouncer", set("work_mem"), Situation{Where: InTx}, "use SET LOCAL work_mem"},
		{"pgbouncer", set("work_mem"), Situation{Where: InFile}, "use SET LOCAL work_mem in a transaction, or run it over a direct connection"},
		{"rdsproxy", set("work_mem"), Situation{Where: InFile}, "run it over a direct connection"},
		{"pgbouncer@1.18", set("search_path"), Situation{Where: OnConnect}, "qualify names with their schema, or use ALTER ROLE … SET search_path"},
		{"pgbouncer@1.18", set("search_path"), Situation{Where: OnConn, varies: true}, "use SET LOCAL search_path in a transaction, or qualify names with their schema"},
		{"pgbouncer@1.18", set("search_path"), Situation{Where: OnConn, Undone: true}, "use SET LOCAL search_path in a transaction, or qualify names with their schema"},
		{"rdsproxy", set("timezone"), Situation{Where: OnConn}, "set timezone in the connection string"},
		{"pgbouncer", set("app.tenant"), Situation{Where: OnConn}, "use set_config('app.tenant', …, true) in the transaction that needs it"},
		{"pgbouncer", set("app.tenant"), Situation{Where: OnAcquire, varies: true}, "use set_config('app.tenant', …, true) in the transaction that needs it"},
		{"rdsproxy", set("app.tenant"), Situation{Where: OnConn}, "pass the value to the query, or set it for the transaction inside a SQL function"},
		{"pgbouncer-statement", set("app.tenant"), Situation{Where: OnConn}, "pass the value to the query, or use a direct connection"},
		{"pgbouncer@1.18", set("default_transaction_read_only"), Situation{Where: OnPool}, "give the isolation level and the access mode to BeginTx"},
		{"pgbouncer@1.18", set("default_transaction_read_only"), Situation{Where: OnConnect}, "use ALTER ROLE … SET default_transaction_read_only"},
		{"pgbouncer", effect.Effect{Kind: effect.Set, Object: "lock_timeout", Words: "SET lock_timeout", Body: effect.FunctionBody, InTransaction: true},
			Situation{Where: InFunction}, "use SET LOCAL lock_timeout there, or give the function a SET lock_timeout clause"},

		{"rdsproxy", startup("statement_timeout"), Situation{Where: AtStartup}, "use the proxy's initialization query or ALTER ROLE … SET statement_timeout"},
		{"rdsproxy", startup("session_replication_role"), Situation{Where: AtStartup}, "use a role or a direct connection of the job's own"},
		{"pgbouncer@1.18", startup("replication"), Situation{Where: AtStartup}, "use a direct connection, which replication needs"},
		{"pgbouncer@1.18", startup("role"), Situation{Where: AtStartup}, "connect as that role"},
		{"rdsproxy", startup("options:cluster"), Situation{Where: AtStartup}, "remove it, as it is for CockroachDB, or put the cluster before the database's name (CLUSTER.DATABASE)"},
		{"rdsproxy", startup("no_such_parameter"), Situation{Where: AtStartup}, "remove it, as PostgreSQL has no parameter of this name"},
		{"rdsproxy", startup("transaction_isolation"), Situation{Where: AtStartup}, "give the isolation level and the access mode to BeginTx"},

		{"rdsproxy", effect.Effect{Kind: effect.LongStatement}, Situation{Where: OnPool, verb: "insert"}, "send the rows by COPY or as arrays to unnest, or in smaller batches"},
		{"rdsproxy", effect.Effect{Kind: effect.LongStatement}, Situation{Where: OnPool, verb: "do"}, "split the block into several, or run it over a direct connection"},
		{"rdsproxy", effect.Effect{Kind: effect.LongStatement}, Situation{Where: InFile, verb: "create"}, "run it over a direct connection"},
		{"rdsproxy", effect.Effect{Kind: effect.SequenceChange, Words: "setval('s', …)"}, Situation{Where: OnPool, varies: true}, "run it over a direct connection"},
		{"rdsproxy", effect.Effect{Kind: effect.SequenceChange, Words: "setval('s', …)"}, Situation{Where: OnPool}, "use ALTER SEQUENCE … RESTART WITH the number, or run it over a direct connection"},
		{"rdsproxy", effect.Effect{Kind: effect.TempObject, Words: "CREATE FUNCTION pg_temp.f"}, Situation{Where: OnConn}, "create the function once, in an ordinary schema"},
		{"pgbouncer", effect.Effect{Kind: effect.TempObject, Words: "CREATE TEMP TABLE t"}, Situation{Where: InTx}, "declare it ON COMMIT DROP, or use a CTE, VALUES or unnest($1)"},
		{"pgbouncer", effect.Effect{Kind: effect.CursorHold}, Situation{Where: InTx}, "leave out WITH HOLD, or page by key"},
		{"pgbouncer@1.22", effect.Effect{Kind: effect.NamedStatement}, Situation{Where: Somewhere},
			"use a mode without named statements (pgx: default_query_exec_mode=cache_describe) and no Prepare, or set the pooler's max_prepared_statements above 0"},
	} {
		p, err := pooler.Lookup(test.pooler)
		if err != nil {
			t.Fatal(err)
		}
		if got := remedyOf(test.e, p, test.s); got != test.want {
			t.Errorf("%s, %s %s at %b:\n got %s\nwant %s", p, test.e.Kind, test.e.Object, test.s.Where, got, test.want)
		}
	}
}

func TestValueOf(t *testing.T) {
	for _, test := range []struct {
		text   string
		value  string
		varies bool
	}{
		{"SET statement_timeout = 0", "0", false},
		{"SET statement_timeout TO '5s'; SELECT $1", "5s", false},
		{"SET search_path = \x00", "\x00", true},
		{"SET search_path TO app, public", "app , public", false},
		{"SELECT set_config('app.tenant', $1, false)", "$1", true},
		{"SELECT set_config('jit', 'off', false)", "off", false},
		{"SELECT set_config('a.b', current_setting('c.d', true), false)", "current_setting ( c.d , true )", true},
		{"SET TIME ZONE 'UTC'", "UTC", false},
		{"SELECT setval('s', 1000)", "1000", false},
		{"SELECT setval('s', 1000, false)", "1000", false},
		{"SELECT setval('s', (SELECT max(id) FROM t))", "( SELECT max ( id ) FROM t )", true},
		{"SELECT nextval('s')", "", false},
	} {
		a := session.Analyze(test.text)
		if len(a.Effects) == 0 {
			t.Fatalf("%s: no effect", test.text)
		}
		if value, varies := valueOf(test.text, a.Effects[0]); value != test.value || varies != test.varies {
			t.Errorf("%s: %q, %v", test.text, value, varies)
		}
	}
}

// Where a text alone is judged, it says whether there is a transaction that
// what is local would serve.
func TestAScriptIsATransactionForWhatItServes(t *testing.T) {
	for text, want := range map[string]Where{
		"SET lock_timeout = '1s'":                                               InFile,
		"SET lock_timeout = '1s'; SET statement_timeout = 0":                    InFile,
		"SET lock_timeout = '1s'; ALTER TABLE orders ADD note text":             InScript,
		"BEGIN; SET lock_timeout = '1s'; ALTER TABLE orders ADD t text; COMMIT": InScript,
		"DO $$ BEGIN SET lock_timeout = '1s'; END $$":                           InDo,
		"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SET jit = off'":      InFunction,
	} {
		a := session.Analyze(text)
		if len(a.Effects) == 0 {
			t.Fatalf("%s: no effect", text)
		}
		if got := TextSituation(text, a.Effects[0]).Where; got != want {
			t.Errorf("%s: %b, want %b", text, got, want)
		}
	}
}

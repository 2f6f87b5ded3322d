package pooler

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

func lookup(t *testing.T, spec string) *Pooler {
	t.Helper()
	p, err := Lookup(spec)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryPoolerJudgesEveryKind(t *testing.T) {
	for _, p := range Releases() {
		if len(p.cells) != len(effect.Kinds()) {
			t.Errorf("%s: %d cells for %d kinds", p, len(p.cells), len(effect.Kinds()))
		}
		for _, kind := range effect.Kinds() {
			checkVerdict(t, p.String()+" "+string(kind), p.cells[kind])
		}
		for kind, v := range p.unseen {
			checkVerdict(t, p.String()+" unseen "+string(kind), v)
		}
		for kind, v := range p.inside {
			checkVerdict(t, p.String()+" inside "+string(kind), v)
		}
		for name, c := range p.switches {
			for kind, v := range c.on {
				checkVerdict(t, fmt.Sprint(p, " ", name, " on ", kind), v)
			}
			for kind, v := range c.off {
				checkVerdict(t, fmt.Sprint(p, " ", name, " off ", kind), v)
			}
		}
		for name, v := range p.set {
			checkVerdict(t, p.String()+" SET "+name, v)
		}
		for name, v := range p.startup {
			checkVerdict(t, p.String()+" startup "+name, v)
		}
		if p.Title == "" || p.About == "" || p.Reference == "" {
			t.Errorf("%s: title %q, about %q, reference %q", p, p.Title, p.About, p.Reference)
		}
	}
	for kind, v := range outside {
		checkVerdict(t, "outside a transaction "+string(kind), v)
	}
}

func checkVerdict(t *testing.T, where string, v Verdict) {
	t.Helper()
	if !slices.Contains([]Outcome{OK, Pins, Leaks, Lost, Refused, WrongRows, NoEffect}, v.Outcome) {
		t.Errorf("%s: outcome %q", where, v.Outcome)
	}
	if !slices.Contains([]Evidence{Documented, Measured, Reported, Contested, Inferred}, v.Evidence) {
		t.Errorf("%s: evidence %q", where, v.Evidence)
	}
	if v.Why == "" || strings.Contains(v.Why, "\n") || strings.HasSuffix(v.Why, ".") {
		t.Errorf("%s: why %q", where, v.Why)
	}
	if v.Reference == "" {
		t.Errorf("%s: no reference", where)
	}
	if v.Strict {
		t.Errorf("%s: strict in the data, where its evidence should decide", where)
	}
}

// What sources disagree on, and what is only inferred, is reported when asked
// for; all else is reported.
func TestWhatIsReportedByDefault(t *testing.T) {
	for _, p := range append(All(), lookup(t, "pgbouncer@1.18"), lookup(t, "pgbouncer@1.25")) {
		for _, kind := range effect.Kinds() {
			for _, object := range []string{"", "search_path", "timezone", "options", "options:jit", "replication", "intervalstyle"} {
				v := p.Verdict(effect.Effect{Kind: kind, Object: object, Local: effect.False})
				weak := v.Evidence == Contested || v.Evidence == Inferred
				if want := (weak || v.slight) && v.Outcome != OK; v.Strict != want {
					t.Errorf("%s %s %q: %s and %s, strict %t", p, kind, object, v.Outcome, v.Evidence, v.Strict)
				}
			}
		}
	}
}

// verdicts is a table of tests: for each pooler, effects and their outcomes.
type verdicts []struct {
	effect effect.Effect
	want   map[string]Outcome
}

func (tests verdicts) run(t *testing.T) {
	t.Helper()
	for _, test := range tests {
		for spec, want := range test.want {
			if v := lookup(t, spec).Verdict(test.effect); v.Outcome != want {
				t.Errorf("%s %+v: %s (%s), want %s", spec, test.effect, v.Outcome, v.Why, want)
			}
		}
	}
}

func set(name string) effect.Effect { return effect.Effect{Kind: effect.Set, Object: name} }

func of(kind effect.Kind) effect.Effect { return effect.Effect{Kind: kind} }

func both(o Outcome) map[string]Outcome {
	return map[string]Outcome{"pgbouncer@1.18": o, "pgbouncer@1.25": o}
}

// What a server with PostgreSQL 15.18 did behind PgBouncer 1.18.0 and 1.25.2.
func TestPgBouncerAsMeasured(t *testing.T) {
	setConfig := effect.Effect{Kind: effect.SetConfig, Object: "app.tenant", Local: effect.False}
	do := effect.Effect{Kind: effect.TempObject, Body: effect.DoBlock, InTransaction: true}
	beginSetCommit := effect.Effect{Kind: effect.Set, Object: "statement_timeout", InTransaction: true}
	verdicts{
		{set("statement_timeout"), both(Leaks)},
		{set("search_path"), both(Leaks)},
		{set("work_mem"), both(Leaks)},
		{set(""), both(Leaks)},
		{beginSetCommit, both(Leaks)},
		{set("TimeZone"), both(OK)},
		{set("time zone"), both(OK)},
		{set("names"), both(OK)},
		{set("DateStyle"), both(OK)},
		{set("standard_conforming_strings"), both(OK)},
		{set("application_name"), map[string]Outcome{"pgbouncer@1.18": Leaks, "pgbouncer@1.21": Leaks, "pgbouncer@1.22": OK, "pgbouncer@1.25": OK}},
		{set("IntervalStyle"), map[string]Outcome{"pgbouncer@1.18": Leaks, "pgbouncer@1.19": Leaks, "pgbouncer@1.20": OK, "pgbouncer@1.25": OK}},
		{of(effect.SetLocal), both(OK)},
		{setConfig, both(Leaks)},
		{of(effect.SetConfigLocal), both(OK)},
		{of(effect.SetRole), both(Leaks)},
		{of(effect.SetSessionAuthorization), both(Leaks)},
		{of(effect.SetCharacteristics), both(Leaks)},
		{of(effect.Prepare), both(Leaks)},
		{of(effect.Listen), both(Leaks)},
		{of(effect.CursorHold), both(Leaks)},
		{of(effect.Cursor), both(OK)},
		{of(effect.TempObject), both(Leaks)},
		{of(effect.TempOnCommitDrop), both(OK)},
		{of(effect.LoadLibrary), both(Leaks)},
		{of(effect.AdvisoryLock), both(Leaks)},
		{of(effect.AdvisoryUnlock), both(Leaks)},
		{of(effect.AdvisoryXactLock), both(OK)},
		{of(effect.SequenceChange), both(OK)},
		{of(effect.SequenceRead), both(Leaks)},
		{do, both(Leaks)},
		{of(effect.Dblink), both(Leaks)},
		{of(effect.SetSeed), both(Leaks)},
		{of(effect.SplitStatement), both(WrongRows)},
		{of(effect.LongStatement), both(OK)},
		{of(effect.Unlisten), both(Lost)},
		{of(effect.ResetAll), both(Lost)},
		{of(effect.Discard), both(Lost)},
		{of(effect.NamedStatement), map[string]Outcome{"pgbouncer@1.18": Leaks, "pgbouncer@1.21": Leaks, "pgbouncer@1.23": Leaks, "pgbouncer@1.24": OK, "pgbouncer": OK}},
	}.run(t)
}

func TestPgBouncerStartupParametersAsMeasured(t *testing.T) {
	tests := []struct {
		names      string
		v118, v125 Outcome
	}{
		{"application_name timezone TimeZone client_encoding datestyle standard_conforming_strings user database", OK, OK},
		{"intervalstyle options:timezone", Refused, OK},
		{"search_path statement_timeout lock_timeout idle_in_transaction_session_timeout extra_float_digits jit " +
			"default_transaction_read_only role plan_cache_mode pool_max_conns default_query_exec_mode", Refused, Refused},
		{"options:statement_timeout options:search_path options", Refused, Refused},
	}
	replication := effect.Effect{Kind: effect.StartupParameter, Object: "replication"}
	verdicts{{replication, map[string]Outcome{"pgbouncer@1.18": Refused, "pgbouncer@1.22": Refused, "pgbouncer@1.23": OK, "pgbouncer": OK, "rdsproxy": Refused}}}.run(t)
	for _, test := range tests {
		for name := range strings.FieldsSeq(test.names) {
			e := effect.Effect{Kind: effect.StartupParameter, Object: name}
			verdicts{{e, map[string]Outcome{"pgbouncer@1.18": test.v118, "pgbouncer@1.25": test.v125}}}.run(t)
		}
	}
	if v := lookup(t, "pgbouncer@1.25").Verdict(effect.Effect{Kind: effect.StartupParameter, Object: "options"}); !v.Strict {
		t.Error("options with an unknown inside is reported by default, although it can be all tracked")
	}
}

func TestPgBouncer126TracksWhatPostgreSQLReports(t *testing.T) {
	verdicts{
		{set("default_transaction_read_only"), map[string]Outcome{"pgbouncer@1.25": Leaks, "pgbouncer": OK}},
		{effect.Effect{Kind: effect.SetCharacteristics, Object: "transaction_read_only"}, map[string]Outcome{"pgbouncer@1.25": Leaks, "pgbouncer": OK}},
		{effect.Effect{Kind: effect.SetCharacteristics, Object: "transaction_isolation"}, map[string]Outcome{"pgbouncer": Leaks}},
		{set("session_authorization"), map[string]Outcome{"pgbouncer": OK}},
		{of(effect.SetSessionAuthorization), map[string]Outcome{"pgbouncer@1.25": Leaks, "pgbouncer": OK}},
		{of(effect.SetRole), map[string]Outcome{"pgbouncer": Leaks}},
		{set("statement_timeout"), map[string]Outcome{"pgbouncer": Leaks}},
		{set("search_path"), map[string]Outcome{"pgbouncer": Leaks}},
		{effect.Effect{Kind: effect.Reset, Object: "TimeZone"}, map[string]Outcome{"pgbouncer": OK}},
		{effect.Effect{Kind: effect.Reset, Object: "search_path"}, map[string]Outcome{"pgbouncer": Lost}},
		{effect.Effect{Kind: effect.StartupParameter, Object: "search_path"}, map[string]Outcome{"pgbouncer": OK, "pgbouncer@1.25": Refused}},
		{effect.Effect{Kind: effect.StartupParameter, Object: "statement_timeout"}, map[string]Outcome{"pgbouncer": Refused}},
	}.run(t)
	if v := lookup(t, "pgbouncer").Verdict(set("search_path")); !strings.Contains(v.Why, "18") {
		t.Errorf("SET search_path does not say that PostgreSQL 18 decides: %s", v.Why)
	}
}

func TestRDSProxy(t *testing.T) {
	rds := func(o Outcome) map[string]Outcome { return map[string]Outcome{"rdsproxy": o} }
	for _, kind := range []effect.Kind{effect.Set, effect.SetConfig, effect.SetCharacteristics, effect.Reset, effect.ResetAll, effect.SetRole,
		effect.ResetRole, effect.SetSessionAuthorization, effect.Discard, effect.Prepare, effect.Execute, effect.Deallocate, effect.Listen,
		effect.Unlisten, effect.Cursor, effect.CursorHold, effect.TempObject, effect.TempOnCommitDrop, effect.LoadLibrary, effect.AdvisoryLock,
		effect.AdvisoryUnlock, effect.SequenceChange, effect.LongStatement, effect.ConnectSet, effect.Listener, effect.MigrationLock} {
		v := lookup(t, "rdsproxy").Verdict(effect.Effect{Kind: kind, Object: "timezone", Local: effect.False})
		if v.Outcome != Pins || v.Strict {
			t.Errorf("%s: %s, strict %t, want pins by default", kind, v.Outcome, v.Strict)
		}
	}
	for _, kind := range []effect.Kind{effect.SetLocal, effect.SetConfigLocal, effect.SetLocalRole, effect.SetTransaction} {
		if v := lookup(t, "rdsproxy").Verdict(of(kind)); v.Outcome != Pins || !v.Strict {
			t.Errorf("%s: %s, strict %t, want pins with -strict only", kind, v.Outcome, v.Strict)
		}
	}
	if v := lookup(t, "rdsproxy").Verdict(of(effect.NamedStatement)); v.Outcome != Pins || v.Evidence != Contested || !v.Strict {
		t.Errorf("named statements: %+v, want a contested pin, with -strict only", v)
	}
	if v := lookup(t, "rdsproxy").Verdict(of(effect.TempFunction)); v.Outcome != Pins || v.Evidence != Inferred || !v.Strict {
		t.Errorf("functions in pg_temp: %+v, want an inferred pin, with -strict only", v)
	}
	for names, strict := range map[string]bool{
		"statement_timeout jit options options:timezone replication":                           false,
		"standard_conforming_strings intervalstyle search_path lock_timeout work_mem app.user": true,
	} {
		for name := range strings.FieldsSeq(names) {
			v := lookup(t, "rdsproxy").Verdict(effect.Effect{Kind: effect.StartupParameter, Object: name})
			if v.Outcome != Refused || v.Strict != strict {
				t.Errorf("%s at startup: %s, strict %t", name, v.Outcome, v.Strict)
			}
		}
	}
	verdicts{
		{of(effect.AdvisoryXactLock), rds(OK)},
		{of(effect.SplitStatement), rds(OK)},
		{of(effect.SequenceRead), rds(Leaks)},
		{effect.Effect{Kind: effect.StartupParameter, Object: "application_name"}, rds(OK)},
		{effect.Effect{Kind: effect.StartupParameter, Object: "statement_timeout"}, rds(Refused)},
		{effect.Effect{Kind: effect.StartupParameter, Object: "options:timezone"}, rds(Refused)},
		{effect.Effect{Kind: effect.StartupParameter, Object: "options"}, rds(Refused)},
	}.run(t)
}

func TestBodiesHideChangesFromPoolersThatReadStatements(t *testing.T) {
	in := func(body effect.Body, kind effect.Kind) effect.Effect {
		return effect.Effect{Kind: kind, Body: body, InTransaction: true}
	}
	verdicts{
		{in(effect.DoBlock, effect.Set), map[string]Outcome{"rdsproxy": Leaks, "pgdog": Leaks, "pgcat": Leaks, "pgbouncer": Leaks, "odyssey": Lost, "none": OK}},
		{in(effect.DoBlock, effect.AdvisoryLock), map[string]Outcome{"rdsproxy": Leaks, "pgbouncer": Leaks}},
		{in(effect.DoBlock, effect.SetLocal), map[string]Outcome{"rdsproxy": OK, "pgbouncer": OK, "pgbouncer-statement": OK}},
		{in(effect.DoBlock, effect.AdvisoryXactLock), map[string]Outcome{"rdsproxy": OK, "pgbouncer": OK}},
	}.run(t)
	for _, spec := range []string{"rdsproxy", "pgbouncer@1.18"} {
		p := lookup(t, spec)
		if p.Verdict(in(effect.DoBlock, effect.Set)).Strict {
			t.Errorf("%s: SET in a DO block is not reported by default", spec)
		}
		if !p.Verdict(in(effect.FunctionBody, effect.Set)).Strict {
			t.Errorf("%s: SET in a function body is reported by default, and defining a function is harmless", spec)
		}
	}
}

func TestSetConfigWithUnknownScopeIsJudgedMildly(t *testing.T) {
	e := effect.Effect{Kind: effect.SetConfig, Object: "app.tenant"}
	if v := lookup(t, "pgbouncer").Verdict(e); v.Outcome != OK {
		t.Errorf("pgbouncer: %s, want ok as with true", v.Outcome)
	}
	if v := lookup(t, "rdsproxy").Verdict(e); v.Outcome != Pins || !v.Strict || v.Evidence != Inferred {
		t.Errorf("rdsproxy: %+v, want an inferred pin with -strict only", v)
	}
}

func TestStatementModeRefusesTransactions(t *testing.T) {
	verdicts{
		{of(effect.SetLocal), map[string]Outcome{"pgbouncer-statement": Refused, "pgbouncer-statement@1.18": Refused}},
		{of(effect.Cursor), map[string]Outcome{"pgbouncer-statement": Refused}},
		{of(effect.SetTransaction), map[string]Outcome{"pgbouncer-statement": Refused}},
		// BEGIN; SET LOCAL …; COMMIT in one message is let through.
		{effect.Effect{Kind: effect.SetLocal, InTransaction: true}, map[string]Outcome{"pgbouncer-statement": OK}},
		{set("search_path"), map[string]Outcome{"pgbouncer-statement": Leaks}},
		{of(effect.NamedStatement), map[string]Outcome{"pgbouncer-statement@1.18": Leaks, "pgbouncer-statement": OK}},
	}.run(t)
}

func TestServicesArePgBouncerWithSettings(t *testing.T) {
	verdicts{
		{set("search_path"), map[string]Outcome{"azure": Leaks, "alloydb": Leaks, "cloudsql": Leaks, "neon": Leaks, "heroku": Leaks, "digitalocean": Leaks}},
		{set("timezone"), map[string]Outcome{"azure": OK, "neon": OK}},
		{of(effect.NamedStatement), map[string]Outcome{"azure": Leaks, "alloydb": Leaks, "neon": OK}},
		{effect.Effect{Kind: effect.StartupParameter, Object: "options:search_path"}, map[string]Outcome{"neon": Refused}},
	}.run(t)
	for _, spec := range []string{"heroku", "digitalocean", "cloudsql"} {
		if v := lookup(t, spec).Verdict(of(effect.NamedStatement)); !v.Strict {
			t.Errorf("%s: named statements are reported by default, and their setting is not known", spec)
		}
	}
}

func TestOtherPoolers(t *testing.T) {
	verdicts{
		{set("statement_timeout"), map[string]Outcome{"odyssey": Lost, "pgcat": Lost, "supavisor": Leaks, "pgdog": OK}},
		{set("timezone"), map[string]Outcome{"odyssey": OK, "pgcat": OK, "supavisor": Leaks, "pgdog": OK}},
		{effect.Effect{Kind: effect.SetConfig, Local: effect.False}, map[string]Outcome{"odyssey": Lost, "pgcat": Leaks, "supavisor": Leaks, "pgdog": Leaks}},
		{of(effect.SetSessionAuthorization), map[string]Outcome{"odyssey": Lost, "pgdog": Lost, "pgcat": Leaks}},
		{of(effect.AdvisoryLock), map[string]Outcome{"odyssey": Lost, "pgcat": Leaks, "supavisor": Leaks, "pgdog": Leaks}},
		{of(effect.TempObject), map[string]Outcome{"odyssey": Lost, "pgcat": Leaks, "supavisor": Leaks, "pgdog": Leaks}},
		{of(effect.NamedStatement), map[string]Outcome{"odyssey": OK, "pgcat": Lost, "supavisor": Leaks, "pgdog": OK}},
		{effect.Effect{Kind: effect.StartupParameter, Object: "search_path"}, map[string]Outcome{"odyssey": OK, "pgcat": Lost, "supavisor": OK, "pgdog": OK}},
		{effect.Effect{Kind: effect.StartupParameter, Object: "extra_float_digits"}, map[string]Outcome{"odyssey": OK, "pgcat": OK, "supavisor": OK}},
		{effect.Effect{Kind: effect.StartupParameter, Object: "standard_conforming_strings"}, map[string]Outcome{"odyssey": OK, "pgcat": OK, "supavisor": OK}},
		{effect.Effect{Kind: effect.StartupParameter, Object: "options:statement_timeout"}, map[string]Outcome{"odyssey": OK, "pgcat": Lost, "supavisor": Lost, "pgdog": OK}},
	}.run(t)
}

func TestWithoutPoolerOnlyDeadOptionsAreWrong(t *testing.T) {
	p := lookup(t, "none")
	for _, kind := range effect.Kinds() {
		want := OK
		if kind == effect.DeadOption {
			want = NoEffect
		}
		if v := p.Verdict(of(kind)); v.Outcome != want {
			t.Errorf("%s: %s, want %s", kind, v.Outcome, want)
		}
	}
}

func TestOutsideTransaction(t *testing.T) {
	for _, kind := range effect.Kinds() {
		want := OK
		if kind.Scope() == effect.Transaction && kind != effect.Cursor {
			want = NoEffect
		}
		if kind == effect.Begin {
			want = Leaks
		}
		if v := OutsideTransaction(kind); v.Outcome != want {
			t.Errorf("%s: %s, want %s", kind, v.Outcome, want)
		}
	}
}

package pooler

import (
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

func startup(name string) effect.Effect {
	return effect.Effect{Kind: effect.StartupParameter, Object: name}
}

func inTransaction(kind effect.Kind) effect.Effect {
	return effect.Effect{Kind: kind, Object: "jit", OnTransaction: true}
}

// readOnly is SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY.
var readOnly = effect.Effect{Kind: effect.SetCharacteristics, Object: "transaction_read_only"}

// What Odyssey 1.5.2 did with PostgreSQL 15.18 and 18.6.
func TestOdysseyAsMeasured(t *testing.T) {
	odyssey := func(o Outcome) map[string]Outcome { return map[string]Outcome{"odyssey": o} }
	verdicts{
		{of(effect.SplitStatement), map[string]Outcome{"odyssey": OK, "odyssey@1.4": Refused}},
		{of(effect.NamedStatement), map[string]Outcome{"odyssey": OK, "odyssey@1.4": Lost}},
		{of(effect.Prepare), map[string]Outcome{"odyssey": Leaks, "odyssey@1.4": Lost}},
		{of(effect.Execute), odyssey(Leaks)},
		{set("default_transaction_read_only"), odyssey(OK)},
		{readOnly, odyssey(OK)},
		{of(effect.SetCharacteristics), odyssey(Lost)},
		{of(effect.LoadLibrary), odyssey(Leaks)},
		{of(effect.Dblink), odyssey(Leaks)},
		{of(effect.SetSeed), odyssey(Leaks)},
	}.run(t)
	for names, want := range map[string]Outcome{
		"default_table_access_method default_toast_compression check_function_bodies idle_session_timeout transaction_isolation transaction_read_only options:statement_timeout": OK,
		"log_duration jit intervalstyle session_authorization geqo bytea_output row_security options:jit":                                                                        Lost,
	} {
		for name := range strings.FieldsSeq(names) {
			verdicts{{startup(name), odyssey(want)}}.run(t)
		}
	}
	off := lookup(t, "odyssey").With(Settings{Switches: map[Switch]bool{PreparedStatements: false}})
	for kind, want := range map[effect.Kind]Outcome{effect.SplitStatement: Refused, effect.Prepare: Lost, effect.NamedStatement: Lost} {
		if v := off.Verdict(of(kind)); v.Outcome != want {
			t.Errorf("without pool_reserve_prepared_statement: %s of %s, want %s", v.Outcome, kind, want)
		}
	}
}

// What the sources of the other poolers say.
func TestPoolersByTheirSources(t *testing.T) {
	verdicts{
		{of(effect.SetSessionAuthorization), map[string]Outcome{"pgcat": Leaks, "pgdog": Lost}},
		{of(effect.ResetSessionAuthorization), map[string]Outcome{"pgcat": Leaks}},
		{inTransaction(effect.Set), map[string]Outcome{"pgcat": Leaks, "pgdog": OK, "odyssey": Lost}},
		{inTransaction(effect.SetSessionAuthorization), map[string]Outcome{"pgdog": Leaks}},
		{of(effect.SplitStatement), map[string]Outcome{"pgcat": Refused}},
		{of(effect.SetCharacteristics), map[string]Outcome{"pgdog": Leaks}},
		{of(effect.Listen), map[string]Outcome{"pgdog": Refused, "pgdog@0.1.44": Leaks}},
		{of(effect.Listener), map[string]Outcome{"pgdog": Refused, "pgdog@0.1.44": Leaks}},
		{set("client_encoding"), map[string]Outcome{"pgdog": Lost}},
		{set("names"), map[string]Outcome{"pgdog": Lost}},
		{startup("options:jit"), map[string]Outcome{"supavisor": Lost}},
		{startup("client_encoding"), map[string]Outcome{"supavisor": Lost}},
		{startup("application_name"), map[string]Outcome{"supavisor": Lost}},
		{startup("options:reference"), map[string]Outcome{"supavisor": OK}},
		{startup("options:endpoint"), map[string]Outcome{"neon": OK}},
		{startup("extra_float_digits"), map[string]Outcome{"neon": OK, "cloudnativepg": OK, "zalando": OK, "pgo": OK, "supabase-dedicated": Refused}},
		{startup("options:jit"), map[string]Outcome{"cloudnativepg": Lost, "zalando": Lost, "pgo": Refused}},
		{startup("options:timezone"), map[string]Outcome{"cloudnativepg": OK}},
		{startup("jit"), map[string]Outcome{"cloudnativepg": Refused}},
		{set("jit"), map[string]Outcome{"pgagroal": Leaks, "yugabyte": OK, "edb-pgd": Lost, "multigres": OK, "planetscale": Leaks, "railway": Leaks}},
		{of(effect.TempObject), map[string]Outcome{"pgagroal": Leaks, "yugabyte": Pins, "edb-pgd": Lost, "multigres": Pins}},
	}.run(t)
}

func TestSettingsOfPgDog(t *testing.T) {
	p := lookup(t, "pgdog").With(Settings{Switches: map[Switch]bool{QueryParser: true, PubSub: true}})
	for kind, want := range map[effect.Kind]Outcome{effect.SetConfig: OK, effect.AdvisoryLock: Pins, effect.Listen: OK} {
		if v := p.Verdict(effect.Effect{Kind: kind, Local: effect.False}); v.Outcome != want {
			t.Errorf("%s: %s, want %s", kind, v.Outcome, want)
		}
	}
}

// A cell that hangs on PostgreSQL's version says so where that is not known.
func TestVerdictsByPostgresVersion(t *testing.T) {
	for _, test := range []struct {
		spec     string
		postgres int
		effect   effect.Effect
		want     Outcome
		before   int
	}{
		{"pgbouncer", 0, set("search_path"), Leaks, 18},
		{"pgbouncer", 15, set("search_path"), Leaks, 0},
		{"pgbouncer", 0, startup("search_path"), OK, 0},
		{"pgbouncer", 17, startup("search_path"), OK, 0},
		{"pgbouncer", 18, set("search_path"), OK, 0},
		{"pgbouncer", 18, startup("search_path"), OK, 0},
		{"pgbouncer@1.25", 18, set("search_path"), Leaks, 0},
		{"pgbouncer", 15, startup("scram_iterations"), Refused, 0},
		{"pgbouncer", 17, startup("scram_iterations"), OK, 0},
		{"odyssey", 0, set("search_path"), Lost, 18},
		{"odyssey", 18, set("search_path"), OK, 0},
		{"none", 15, set("search_path"), OK, 0},
	} {
		v := lookup(t, test.spec).With(Settings{Postgres: test.postgres}).Verdict(test.effect)
		if v.Outcome != test.want || v.Before != test.before {
			t.Errorf("%s on %d, %s %s: %s before %d, want %s before %d", test.spec, test.postgres, test.effect.Kind, test.effect.Object, v.Outcome, v.Before, test.want, test.before)
		}
	}
}

// What the transaction owns ends with it, whatever sets it.
func TestParametersOfTheTransaction(t *testing.T) {
	for _, kind := range []effect.Kind{effect.Set, effect.SetConfig} {
		e := effect.Effect{Kind: kind, Object: "transaction_read_only", Local: effect.False}
		verdicts{{e, map[string]Outcome{"pgbouncer@1.18": OK, "pgbouncer": OK, "odyssey": OK, "pgcat": OK, "rdsproxy": Pins}}}.run(t)
	}
}

// On 1.20 to 1.25 a list of parameters to track replaces the default, which is
// IntervalStyle; 1.26 adds to it.
func TestTrackedParametersReplaceTheDefault(t *testing.T) {
	for spec, want := range map[string]Outcome{"pgbouncer@1.24": Leaks, "pgbouncer@1.26": OK} {
		p := lookup(t, spec).With(Settings{TrackedParams: []string{"default_transaction_read_only"}})
		if v := p.Verdict(set("IntervalStyle")); v.Outcome != want {
			t.Errorf("%s: SET IntervalStyle %s, want %s", spec, v.Outcome, want)
		}
		if v := p.Verdict(set("default_transaction_read_only")); v.Outcome != OK {
			t.Errorf("%s: what is tracked %s", spec, v.Outcome)
		}
	}
	if v := lookup(t, "pgbouncer@1.24").Verdict(set("IntervalStyle")); v.Outcome != OK {
		t.Error("settings of one profile changed another")
	}
}

func TestIgnoredParametersAreLost(t *testing.T) {
	p := lookup(t, "pgbouncer").With(Settings{IgnoredParams: []string{"Options", "jit", "extra_float_digits"}})
	for name, want := range map[string]Outcome{"jit": Lost, "options:geqo": Lost, "options": Lost, "options:timezone": OK, "extra_float_digits": OK, "geqo": Refused} {
		if v := p.Verdict(startup(name)); v.Outcome != want {
			t.Errorf("%s: %s, want %s", name, v.Outcome, want)
		}
	}
	if why := lookup(t, "rdsproxy").InVain(Settings{IgnoredParams: []string{"jit"}}); len(why) != 1 {
		t.Errorf("rdsproxy: %q", why)
	}
}

// A measured verdict of PgBouncer names the version that it was measured on,
// or those between which it stands.
func TestMeasuredNamesTheVersions(t *testing.T) {
	for spec, want := range map[string]string{
		"pgbouncer@1.18": "measured with PgBouncer 1.18.0;",
		"pgbouncer@1.21": "measured with PgBouncer 1.18.0 and 1.24.1, between which it stands;",
		"pgbouncer@1.24": "measured with PgBouncer 1.24.1;",
		"pgbouncer@1.25": "measured with PgBouncer 1.24.1 and 1.26.1, between which it stands;",
		"pgbouncer":      "measured with PgBouncer 1.26.1;",
	} {
		if v := lookup(t, spec).Verdict(of(effect.Listen)); v.Evidence != Measured || !strings.HasPrefix(v.Reference, want) {
			t.Errorf("%s: %s, %s, want %s", spec, v.Evidence, v.Reference, want)
		}
	}
}

// PgDog splits a message with one other statement beside SET, and refuses more.
func TestPgDogRefusesSetAmongOthers(t *testing.T) {
	p, _ := Lookup("pgdog")
	for kind, want := range map[effect.Kind]Outcome{effect.Set: Refused, effect.SetLocal: Refused, effect.ResetAll: Refused, effect.SetConfig: Leaks, effect.SetConfigLocal: OK} {
		if v := p.Verdict(effect.Effect{Kind: kind, Object: "work_mem", Local: effect.False, Mixed: true, InTransaction: true}); v.Outcome != want {
			t.Errorf("%s: %s, want %s", kind, v.Outcome, want)
		}
	}
	if v := p.Verdict(effect.Effect{Kind: effect.Set, Object: "work_mem", InTransaction: true}); v.Outcome != OK {
		t.Errorf("beside one other: %s", v.Outcome)
	}
}

// NOTIFY, as LISTEN, is refused from 0.1.45 on unless pub/sub is on; a body is not read.
func TestPgDogNotify(t *testing.T) {
	for _, test := range []struct {
		spec   string
		pubSub bool
		body   effect.Body
		want   Outcome
	}{
		{"pgdog@0.1.45", false, effect.Direct, Refused},
		{"pgdog@0.1.45", true, effect.Direct, OK},
		{"pgdog@0.1.45", false, effect.DoBlock, OK},
		{"pgdog@0.1.0", false, effect.Direct, OK},
		{"pgbouncer", false, effect.Direct, OK},
		{"pgbouncer-statement", false, effect.Direct, OK},
		{"rdsproxy", false, effect.Direct, OK},
	} {
		p, err := Lookup(test.spec)
		if err != nil {
			t.Fatal(err)
		}
		p = p.With(Settings{Switches: map[Switch]bool{PubSub: test.pubSub}})
		if v := p.Verdict(effect.Effect{Kind: effect.Notify, Object: "jobs", Body: test.body}); v.Outcome != test.want {
			t.Errorf("%s, pub/sub %t, body %q: %s, want %s", test.spec, test.pubSub, test.body, v.Outcome, test.want)
		}
	}
}

// A slot goes with no reset.
func TestTemporarySlots(t *testing.T) {
	for spec, want := range map[string]Outcome{"pgbouncer": Leaks, "odyssey": Leaks, "edb-pgd": Leaks, "rdsproxy": Leaks, "yugabyte": Pins, "none": OK} {
		p, err := Lookup(spec)
		if err != nil {
			t.Fatal(err)
		}
		if v := p.Verdict(effect.Effect{Kind: effect.TempSlot, Object: "s"}); v.Outcome != want {
			t.Errorf("%s: %s, want %s", spec, v.Outcome, want)
		}
	}
}

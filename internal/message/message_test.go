package message

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

var update = flag.Bool("update", false, "write the golden files")

// samples are effects as session and driver make them, at least one of a kind.
var samples = []effect.Effect{
	{Kind: effect.Set, Object: "search_path", Words: "SET search_path"},
	{Kind: effect.Set, Object: "statement_timeout", Words: "SET statement_timeout"},
	{Kind: effect.Set, Object: "application_name", Words: "SET application_name"},
	{Kind: effect.Set, Object: "app.tenant", Words: "SET app.tenant"},
	{Kind: effect.Set, Words: "SET \x00"},
	{Kind: effect.SetLocal, Object: "statement_timeout", Words: "SET LOCAL statement_timeout"},
	{Kind: effect.SetConfig, Object: "jit", Local: effect.False, Words: "set_config('jit', …)"},
	{Kind: effect.SetConfig, Object: "role", Local: effect.False, Words: "set_config('role', …)"},
	{Kind: effect.SetConfig, Object: "app.user", Words: "set_config('app.user', …)"},
	{Kind: effect.SetConfigLocal, Object: "app.tenant", Local: effect.True, Words: "set_config('app.tenant', …)"},
	{Kind: effect.SetCharacteristics, Object: "transaction_isolation", Words: "SET SESSION CHARACTERISTICS"},
	{Kind: effect.SetTransaction, Words: "SET TRANSACTION"},
	{Kind: effect.Reset, Object: "search_path", Words: "RESET search_path"},
	{Kind: effect.ResetAll, Words: "RESET ALL"},
	{Kind: effect.SetRole, Object: "app", Words: "SET ROLE app"},
	{Kind: effect.SetLocalRole, Object: "app", Words: "SET LOCAL ROLE app"},
	{Kind: effect.ResetRole, Words: "RESET ROLE"},
	{Kind: effect.SetSessionAuthorization, Object: "app", Words: "SET SESSION AUTHORIZATION app"},
	{Kind: effect.ResetSessionAuthorization, Words: "RESET SESSION AUTHORIZATION"},
	{Kind: effect.Discard, Object: "ALL", Words: "DISCARD ALL"},
	{Kind: effect.Prepare, Object: "q", Words: "PREPARE q"},
	{Kind: effect.Execute, Object: "q", Words: "EXECUTE q"},
	{Kind: effect.Deallocate, Object: "q", Words: "DEALLOCATE q"},
	{Kind: effect.Listen, Object: "jobs", Words: "LISTEN jobs"},
	{Kind: effect.Unlisten, Object: "jobs", Words: "UNLISTEN jobs"},
	{Kind: effect.Cursor, Object: "c", Words: "DECLARE c CURSOR"},
	{Kind: effect.CursorHold, Object: "c", Words: "DECLARE c CURSOR WITH HOLD"},
	{Kind: effect.TempObject, Object: "t", Words: "CREATE TEMP TABLE t"},
	{Kind: effect.TempFunction, Object: "pg_temp.f", Words: "CREATE FUNCTION pg_temp.f"},
	{Kind: effect.TempOnCommitDrop, Object: "t", Words: "CREATE TEMP TABLE t … ON COMMIT DROP"},
	{Kind: effect.LoadLibrary, Object: "auto_explain", Words: "LOAD 'auto_explain'"},
	{Kind: effect.AdvisoryLock, Words: "pg_try_advisory_lock(42)"},
	{Kind: effect.AdvisoryUnlock, Words: "pg_advisory_unlock(42)"},
	{Kind: effect.AdvisoryXactLock, Words: "pg_advisory_xact_lock(42)"},
	{Kind: effect.SequenceChange, Object: "s", Words: "nextval('s')"},
	{Kind: effect.SequenceChange, Object: "s", Words: "setval('s', 1)"},
	{Kind: effect.SequenceRead, Object: "s", Words: "currval('s')"},
	{Kind: effect.LongStatement, Words: "statement of 20,000 bytes"},
	{Kind: effect.Dblink, Object: "other", Words: "dblink_connect('other', …)"},
	{Kind: effect.SetSeed, Words: "setseed(0.5)"},
	{Kind: effect.TempSlot, Object: "s", Words: "pg_create_logical_replication_slot('s', …)"},
	{Kind: effect.Begin, Words: "BEGIN"},
	{Kind: effect.ExportSnapshot, Words: "pg_export_snapshot()"},
	{Kind: effect.Notify, Object: "jobs", Words: "NOTIFY jobs"},
	{Kind: effect.Set, Object: "lock_timeout", Words: "SET lock_timeout", Body: effect.DoBlock, InTransaction: true},
	{Kind: effect.SetConfig, Object: "app.tenant", Local: effect.False, Words: "set_config('app.tenant', …)", Body: effect.DoBlock, InTransaction: true},
	{Kind: effect.TempObject, Object: "t", Words: "CREATE TEMP TABLE t", Body: effect.DoBlock, InTransaction: true},
	{Kind: effect.AdvisoryLock, Words: "pg_advisory_lock(42)", Body: effect.FunctionBody, InTransaction: true},
	{Kind: effect.NamedStatement, Words: "pgx's statement cache"},
	{Kind: effect.EvictStatement, Words: "pgxpool.Connect with the default statement cache of pgx v4"},
	{Kind: effect.SplitStatement, Words: "lib/pq without binary_parameters=yes"},
	{Kind: effect.StartupParameter, Object: "search_path", Words: "search_path in the connection string"},
	{Kind: effect.StartupParameter, Object: "statement_timeout", Words: "RuntimeParams[\"statement_timeout\"]"},
	{Kind: effect.StartupParameter, Object: "options:lock_timeout", Words: "options=-c lock_timeout in the connection string"},
	{Kind: effect.StartupParameter, Object: "options", Words: "options in the connection string"},
	{Kind: effect.ConnectSet, Object: "search_path", Words: "pgdriver.WithConnParams"},
	{Kind: effect.Listener, Words: "pq.NewListener"},
	{Kind: effect.MigrationLock, Words: "migrate.NewWithInstance"},
	{Kind: effect.DeadOption, Words: "PreferSimpleProtocol beside Conn"},
}

// sampled is a situation that an effect can be in.
func sampled(e effect.Effect) Situation {
	switch {
	case e.Body == effect.DoBlock:
		return Situation{Where: InDo}
	case e.Body == effect.FunctionBody:
		return Situation{Where: InFunction}
	case e.Kind == effect.StartupParameter || e.Kind == effect.ConnectSet:
		return Situation{Where: AtStartup}
	}
	return Situation{Where: Somewhere}
}

// Two rules are chosen by where an effect stands, not by its kind.
const (
	hiddenState    = "hidden-state"
	localOutsideTx = "local-outside-tx"
)

func ruleOf(e effect.Effect) string {
	if e.Body != effect.Direct {
		return hiddenState
	}
	return e.Kind.Rule()
}

// sampleMessages is the message of each sample that a pooler does not let pass.
func sampleMessages(t *testing.T, spec string) []string {
	t.Helper()
	p, err := pooler.Lookup(spec)
	if err != nil {
		t.Fatal(err)
	}
	var messages []string
	for _, e := range samples {
		if v := p.Verdict(e); v.Outcome != pooler.OK {
			messages = append(messages, Of(e, p, v, sampled(e)).Line(ruleOf(e)))
		}
		if v := pooler.OutsideTransaction(e.Kind); v.Outcome != pooler.OK && e.Body == effect.Direct {
			s := sampled(e)
			s.OutsideTx = true
			messages = append(messages, Of(e, p, v, s).Line(localOutsideTx))
		}
	}
	return messages
}

func TestMessages(t *testing.T) {
	var got strings.Builder
	for _, spec := range []string{"rdsproxy", "pgbouncer@1.18", "pgbouncer", "pgbouncer-statement", "odyssey", "pgcat", "supavisor", "pgdog", "azure", "none"} {
		got.WriteString("# " + spec + "\n")
		for _, m := range sampleMessages(t, spec) {
			got.WriteString(m + "\n")
		}
	}
	const golden = "testdata/messages.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the messages are not those of %s; run go test -run TestMessages -update, and read the difference", golden)
	}
}

func TestMessagesAreOneLineEachAndUnlike(t *testing.T) {
	rules := map[string]bool{hiddenState: true, localOutsideTx: true}
	for _, kind := range effect.Kinds() {
		rules[kind.Rule()] = true
	}
	for _, p := range pooler.All() {
		seen := map[string]bool{}
		for _, m := range sampleMessages(t, p.String()) {
			switch {
			case strings.ContainsAny(m, "\n\x00@"):
				t.Errorf("%s: not plain text in one line: %q", p, m)
			case !strings.HasSuffix(m, ")") || !rules[m[strings.LastIndex(m, "(")+1:len(m)-1]]:
				t.Errorf("%s: does not end with its rule: %s", p, m)
			case strings.Contains(m, ". (") || strings.Contains(m, ": ;") || strings.Contains(m, ";  (") || strings.Contains(m, "  "):
				t.Errorf("%s: a part is missing or ends with a period: %s", p, m)
			case seen[m]:
				t.Errorf("%s: twice: %s", p, m)
			}
			seen[m] = true
		}
	}
}

func TestEverySampledKindHasWords(t *testing.T) {
	sampled := map[effect.Kind]bool{}
	for _, e := range samples {
		sampled[e.Kind] = true
	}
	for _, kind := range effect.Kinds() {
		if !sampled[kind] {
			t.Errorf("%s: no sample, so its messages are not tested", kind)
		}
	}
}

func TestRDSProxyIsNotOfferedWhatPinsIt(t *testing.T) {
	for _, m := range sampleMessages(t, "rdsproxy") {
		_, remedy, _ := strings.Cut(m, "; ")
		if strings.HasSuffix(m, "("+hiddenState+")") {
			continue // inside a body the proxy sees no SET LOCAL
		}
		for _, pins := range []string{"SET LOCAL", "ON COMMIT DROP", "set_config("} {
			if strings.Contains(remedy, pins) {
				t.Errorf("offers %s, which may pin: %s", pins, m)
			}
		}
	}
}

func TestStatementModeIsNotOfferedTransactions(t *testing.T) {
	for _, m := range sampleMessages(t, "pgbouncer-statement") {
		_, remedy, _ := strings.Cut(m, "; ")
		if strings.HasSuffix(m, "("+hiddenState+")") {
			continue // a DO block is one statement
		}
		for _, refused := range []string{"LOCAL", "ON COMMIT DROP", "xact", "BeginTx", "one transaction"} {
			if strings.Contains(remedy, refused) {
				t.Errorf("offers %s, which needs a transaction: %s", refused, m)
			}
		}
	}
}

func TestWordsOfTheCodeBecomeOneShortLine(t *testing.T) {
	for words, want := range map[string]string{
		"SET\n\tsearch_path":     "SET search_path",
		"SET \x00":               "SET …",
		"SET a\xff":              "SET a…",
		strings.Repeat("ü", 200): strings.Repeat("ü", 79) + "…",
		"":                       "set x",
	} {
		if got := whatOf(effect.Effect{Kind: effect.Set, Object: "x", Words: words}); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

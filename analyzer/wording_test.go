package analyzer

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
)

var update = flag.Bool("update", false, "write the golden files")

// samples are effects as session and driver make them, at least one of a kind.
var samples = []session.Effect{
	{Kind: session.Set, Object: "search_path", Words: "SET search_path"},
	{Kind: session.Set, Object: "statement_timeout", Words: "SET statement_timeout"},
	{Kind: session.Set, Object: "application_name", Words: "SET application_name"},
	{Kind: session.Set, Object: "app.tenant", Words: "SET app.tenant"},
	{Kind: session.Set, Words: "SET \x00"},
	{Kind: session.SetLocal, Object: "statement_timeout", Words: "SET LOCAL statement_timeout"},
	{Kind: session.SetConfig, Object: "jit", Local: session.False, Words: "set_config('jit', …)"},
	{Kind: session.SetConfig, Object: "role", Local: session.False, Words: "set_config('role', …)"},
	{Kind: session.SetConfig, Object: "app.user", Words: "set_config('app.user', …)"},
	{Kind: session.SetConfigLocal, Object: "app.tenant", Local: session.True, Words: "set_config('app.tenant', …)"},
	{Kind: session.SetCharacteristics, Object: "transaction_isolation", Words: "SET SESSION CHARACTERISTICS"},
	{Kind: session.SetTransaction, Words: "SET TRANSACTION"},
	{Kind: session.Reset, Object: "search_path", Words: "RESET search_path"},
	{Kind: session.ResetAll, Words: "RESET ALL"},
	{Kind: session.SetRole, Object: "app", Words: "SET ROLE app"},
	{Kind: session.SetLocalRole, Object: "app", Words: "SET LOCAL ROLE app"},
	{Kind: session.ResetRole, Words: "RESET ROLE"},
	{Kind: session.SetSessionAuthorization, Object: "app", Words: "SET SESSION AUTHORIZATION app"},
	{Kind: session.ResetSessionAuthorization, Words: "RESET SESSION AUTHORIZATION"},
	{Kind: session.Discard, Object: "ALL", Words: "DISCARD ALL"},
	{Kind: session.Prepare, Object: "q", Words: "PREPARE q"},
	{Kind: session.Execute, Object: "q", Words: "EXECUTE q"},
	{Kind: session.Deallocate, Object: "q", Words: "DEALLOCATE q"},
	{Kind: session.Listen, Object: "jobs", Words: "LISTEN jobs"},
	{Kind: session.Unlisten, Object: "jobs", Words: "UNLISTEN jobs"},
	{Kind: session.Cursor, Object: "c", Words: "DECLARE c CURSOR"},
	{Kind: session.CursorHold, Object: "c", Words: "DECLARE c CURSOR WITH HOLD"},
	{Kind: session.TempObject, Object: "t", Words: "CREATE TEMP TABLE t"},
	{Kind: session.TempFunction, Object: "pg_temp.f", Words: "CREATE FUNCTION pg_temp.f"},
	{Kind: session.TempOnCommitDrop, Object: "t", Words: "CREATE TEMP TABLE t … ON COMMIT DROP"},
	{Kind: session.LoadLibrary, Object: "auto_explain", Words: "LOAD 'auto_explain'"},
	{Kind: session.AdvisoryLock, Words: "pg_try_advisory_lock(42)"},
	{Kind: session.AdvisoryUnlock, Words: "pg_advisory_unlock(42)"},
	{Kind: session.AdvisoryXactLock, Words: "pg_advisory_xact_lock(42)"},
	{Kind: session.SequenceChange, Object: "s", Words: "nextval('s')"},
	{Kind: session.SequenceChange, Object: "s", Words: "setval('s', 1)"},
	{Kind: session.SequenceRead, Object: "s", Words: "currval('s')"},
	{Kind: session.LongStatement, Words: "statement of 20,000 bytes"},
	{Kind: session.Dblink, Object: "other", Words: "dblink_connect('other', …)"},
	{Kind: session.SetSeed, Words: "setseed(0.5)"},
	{Kind: session.Set, Object: "lock_timeout", Words: "SET lock_timeout", Body: session.DoBlock, InTransaction: true},
	{Kind: session.SetConfig, Object: "app.tenant", Local: session.False, Words: "set_config('app.tenant', …)", Body: session.DoBlock, InTransaction: true},
	{Kind: session.TempObject, Object: "t", Words: "CREATE TEMP TABLE t", Body: session.DoBlock, InTransaction: true},
	{Kind: session.AdvisoryLock, Words: "pg_advisory_lock(42)", Body: session.FunctionBody, InTransaction: true},
	{Kind: session.NamedStatement, Words: "pgx's statement cache"},
	{Kind: session.SplitStatement, Words: "lib/pq without binary_parameters=yes"},
	{Kind: session.StartupParameter, Object: "search_path", Words: "search_path in the connection string"},
	{Kind: session.StartupParameter, Object: "statement_timeout", Words: "RuntimeParams[\"statement_timeout\"]"},
	{Kind: session.StartupParameter, Object: "options:lock_timeout", Words: "options=-c lock_timeout in the connection string"},
	{Kind: session.StartupParameter, Object: "options", Words: "options in the connection string"},
	{Kind: session.ConnectSet, Object: "search_path", Words: "pgdriver.WithConnParams"},
	{Kind: session.Listener, Words: "pq.NewListener"},
	{Kind: session.MigrationLock, Words: "migrate.NewWithInstance"},
	{Kind: session.DeadOption, Words: "PreferSimpleProtocol beside Conn"},
}

// sampled is a situation that an effect can be in.
func sampled(e session.Effect) situation {
	switch {
	case e.Body == session.DoBlock:
		return situation{place: inDo}
	case e.Body == session.FunctionBody:
		return situation{place: inFunction}
	case e.Kind == session.StartupParameter || e.Kind == session.ConnectSet:
		return situation{place: atStartup}
	}
	return situation{place: somewhere}
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
			messages = append(messages, message(e, p, v, ruleOf(e), sampled(e)))
		}
		if v := pooler.OutsideTransaction(e.Kind); v.Outcome != pooler.OK && e.Body == session.Direct {
			messages = append(messages, message(e, p, v, LookupRule(localOutsideTx), sampled(e)))
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
	for _, p := range pooler.All() {
		seen := map[string]bool{}
		for _, m := range sampleMessages(t, p.String()) {
			switch {
			case strings.ContainsAny(m, "\n\x00@"):
				t.Errorf("%s: not plain text in one line: %q", p, m)
			case !strings.HasSuffix(m, ")") || LookupRule(m[strings.LastIndex(m, "(")+1:len(m)-1]) == nil:
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
	sampled := map[session.Kind]bool{}
	for _, e := range samples {
		sampled[e.Kind] = true
	}
	for _, kind := range session.Kinds() {
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
		if got := whatOf(session.Effect{Kind: session.Set, Object: "x", Words: words}); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

package session

import (
	"fmt"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/spell"
	"strings"
	"testing"
)

// show writes an effect as the tests below spell it: kind, object, the words
// that its range covers, and what else is set.
func show(text string, e effect.Effect) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", e.Kind)
	if e.Object != "" {
		fmt.Fprintf(&b, " %s", e.Object)
	}
	fmt.Fprintf(&b, " [%s]", strings.ReplaceAll(text[e.Start:e.End], "\x00", "…"))
	if e.Body != effect.Direct {
		fmt.Fprintf(&b, " in %s", e.Body)
	}
	if e.InTransaction {
		b.WriteString(" tx")
	}
	if e.Kind == effect.SetConfig || e.Kind == effect.SetConfigLocal {
		b.WriteString([]string{" unknown", " true", " false"}[e.Local])
	}
	if e.ObjectParam != "" {
		fmt.Fprintf(&b, " object=%s", e.ObjectParam)
	}
	if e.LocalParam != "" {
		fmt.Fprintf(&b, " local=%s", e.LocalParam)
	}
	return b.String()
}

type textCase struct {
	text    string // … is a hole
	effects []string
}

func checkTexts(t *testing.T, analyze func(string) *Analysis, cases []textCase) {
	t.Helper()
	for _, c := range cases {
		text := strings.ReplaceAll(c.text, "…", "\x00")
		a := analyze(text)
		var got []string
		for _, e := range a.Effects {
			got = append(got, show(text, e))
			if e.Words == "" || len([]rune(e.Words)) > spell.Max+2 {
				t.Errorf("%s: words %q", c.text, e.Words)
			}
		}
		if g, w := strings.Join(got, "\n\t"), strings.Join(c.effects, "\n\t"); g != w {
			t.Errorf("%.300s\n got\t%s\nwant\t%s\n(parsed %v %v)", c.text, g, w, a.Parsed, a.Unread)
		}
		if len(c.effects) > 0 && !Gate(text) {
			t.Errorf("%s: the gate keeps it out", c.text)
		}
	}
}

func TestSetAndReset(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"SET search_path TO ''", []string{"set search_path [SET search_path]"}},
		{"set session Search_Path = a, b", []string{"set search_path [set session Search_Path]"}},
		{"SET app.user_id = '4'", []string{"set app.user_id [SET app.user_id]"}},
		{`SET "app"."User" = '4'`, []string{`set app.user [SET "app"."User"]`}},
		{"-- name: X :exec\n  SET\n  lock_timeout TO 3", []string{"set lock_timeout [SET\n  lock_timeout]"}},
		{"SET LOCAL lock_timeout = 3", []string{"set-local lock_timeout [SET LOCAL lock_timeout]"}},
		{"SET LOCAL lock_timeout TO DEFAULT", []string{"set-local lock_timeout [SET LOCAL lock_timeout]"}},
		{"SET synchronous_commit = LOCAL", []string{"set synchronous_commit [SET synchronous_commit]"}},
		{"SET lock_timeout TO DEFAULT", []string{"reset lock_timeout [SET lock_timeout]"}},
		{"SET TIME ZONE 'UTC'", []string{"set timezone [SET TIME ZONE]"}},
		{"SET TIME ZONE LOCAL", []string{"reset timezone [SET TIME ZONE]"}},
		{"SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE", []string{"set timezone [SET TIME ZONE]"}},
		{"SET LOCAL TIME ZONE DEFAULT", []string{"set-local timezone [SET LOCAL TIME ZONE]"}},
		{"SET NAMES 'utf8'", []string{"set client_encoding [SET NAMES]"}},
		{"SET NAMES", []string{"reset client_encoding [SET NAMES]"}},
		{"SET SCHEMA 'a'", []string{"set search_path [SET SCHEMA]"}},
		{"SET XML OPTION DOCUMENT", []string{"set xmloption [SET XML OPTION]"}},
		{"SET seed TO 0.5", []string{"set seed [SET seed]"}},
		{"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", []string{"set-characteristics default_transaction_read_only [SET SESSION CHARACTERISTICS AS TRANSACTION]"}},
		{"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", []string{"set-characteristics default_transaction_read_only [SET SESSION CHARACTERISTICS AS TRANSACTION]"}},
		{"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED", []string{"set-characteristics default_transaction_isolation [SET SESSION CHARACTERISTICS AS TRANSACTION]"}},
		{"SET SESSION CHARACTERISTICS AS TRANSACTION NOT DEFERRABLE", []string{"set-characteristics default_transaction_deferrable [SET SESSION CHARACTERISTICS AS TRANSACTION]"}},
		{"set session characteristics as transaction isolation level serializable, read only", []string{
			"set-characteristics default_transaction_isolation [set session characteristics as transaction]",
			"set-characteristics default_transaction_read_only [set session characteristics as transaction]"}},
		{"SET SESSION CHARACTERISTICS AS TRANSACTION \x00", []string{"set-characteristics [SET SESSION CHARACTERISTICS AS TRANSACTION]"}},
		{"SET yb_enable_upsert_mode TO true", []string{"set yb_enable_upsert_mode [SET yb_enable_upsert_mode]"}},
		{"SET apg_enable_batch_mode_function_execution = on", []string{"set apg_enable_batch_mode_function_execution [SET apg_enable_batch_mode_function_execution]"}},
		{"RESET gp_autostats_mode", []string{"reset gp_autostats_mode [RESET gp_autostats_mode]"}},
		{"SET LOCAL aurora_compute_plan_id = on", []string{"set-local aurora_compute_plan_id [SET LOCAL aurora_compute_plan_id]"}},
		{"SET SESSION aurora_parallel_query = 'ON'", nil},
		{"SET aurora_replica_read_consistency = 'session'", nil},
		{"SET yb_ = 1", nil},
		{"SET ybx_a = 1", nil},
		{"UPDATE t SET gp_a = 1", nil},
		{"SET TRANSACTION READ ONLY", []string{"set-transaction transaction [SET TRANSACTION]"}},
		{"SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE", []string{"set-transaction transaction [SET SESSION TRANSACTION]"}},
		{"SET TRANSACTION SNAPSHOT '00000003-1'", []string{"set-transaction transaction [SET TRANSACTION]"}},
		{"SET transaction_read_only = on", []string{"set-transaction transaction_read_only [SET transaction_read_only]"}},
		{"SET CONSTRAINTS ALL DEFERRED", nil},
		{"RESET search_path", []string{"reset search_path [RESET search_path]"}},
		{"RESET TIME ZONE", []string{"reset timezone [RESET TIME ZONE]"}},
		{"RESET ALL;", []string{"reset-all [RESET ALL]"}},
		{"RESET ROLE", []string{"reset-role [RESET ROLE]"}},
		{"RESET SESSION AUTHORIZATION", []string{"reset-session-authorization [RESET SESSION AUTHORIZATION]"}},
		{"RESET session_authorization", []string{"reset-session-authorization [RESET session_authorization]"}},
		{"SET ROLE alice", []string{"set-role alice [SET ROLE]"}},
		{"SET SESSION ROLE 'alice'", []string{"set-role alice [SET SESSION ROLE]"}},
		{"SET role = alice", []string{"set-role alice [SET role]"}},
		{"SET role TO DEFAULT", []string{"reset-role default [SET role]"}},
		{"SET ROLE NONE", []string{"reset-role none [SET ROLE]"}},
		{"SET LOCAL ROLE alice", []string{"set-local-role alice [SET LOCAL ROLE]"}},
		{"SET LOCAL role TO alice", []string{"set-local-role alice [SET LOCAL role]"}},
		{"SET SESSION AUTHORIZATION alice", []string{"set-session-authorization alice [SET SESSION AUTHORIZATION]"}},
		{"SET SESSION SESSION AUTHORIZATION alice", []string{"set-session-authorization alice [SET SESSION SESSION AUTHORIZATION]"}},
		{"SET LOCAL SESSION AUTHORIZATION alice", []string{"set-local-role alice [SET LOCAL SESSION AUTHORIZATION]"}},
		{"SET SESSION AUTHORIZATION DEFAULT", []string{"reset-session-authorization default [SET SESSION AUTHORIZATION]"}},
		{"ALTER ROLE x SET search_path = a", nil},
		{"ALTER DATABASE x RESET search_path", nil},
		{"ALTER SYSTEM SET wal_level = logical", nil},
		{"UPDATE t SET search_path = 'a', role = 'x'", nil},
	})
}

func TestSetConfig(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"select set_config('jit', 'off', false)", []string{"set-config jit [set_config('jit', 'off', false)] false"}},
		{"select pg_catalog.Set_Config('JIT', 'off', 'f'::bool)", []string{"set-config jit [pg_catalog.Set_Config('JIT', 'off', 'f'::bool)] false"}},
		{`select "set_config"('jit', 'off', true)`, []string{`set-config-local jit ["set_config"('jit', 'off', true)] true`}},
		{"select set_config('jit', 'off', CAST('on' AS boolean))", []string{"set-config-local jit [set_config('jit', 'off', CAST('on' AS boolean))] true"}},
		{"select set_config('a', 'b', 1::bool)", []string{"set-config-local a [set_config('a', 'b', 1::bool)] true"}},
		{"select set_config('a', 'b', $1::bool)", []string{"set-config a [set_config('a', 'b', $1::bool)] unknown local=1"}},
		{"select set_config($1, $2, $3)", []string{"set-config [set_config($1, $2, $3)] unknown object=1 local=3"}},
		{"select set_config(?, ?, ?)", []string{"set-config [set_config(?, ?, ?)] unknown object=1 local=3"}},
		{"select ?, set_config(?::text, ?, true)", []string{"set-config-local [set_config(?::text, ?, true)] true object=2"}},
		{"select set_config(:name, :value, @local)", []string{"set-config [set_config(:name, :value, @local)] unknown object=name local=local"}},
		{"select set_config(setting_name => 'a', is_local => true, new_value => 'x')", []string{"set-config-local a [set_config(setting_name => 'a', is_local => true, new_value => 'x')] true"}},
		{"select set_config('a.' || $1, 'x', true)", []string{"set-config-local [set_config('a.' || $1, 'x', true)] true"}},
		{"select set_config('a', 'b', …)", []string{"set-config a [set_config('a', 'b', …)] unknown"}},
		{"select\n set_config('a', 'b', false),\n set_config('c', 'd', true)", []string{"set-config a [set_config('a', 'b', false)] false", "set-config-local c [set_config('c', 'd', true)] true"}},
		{"select mine.set_config('a', 'b', false)", nil},
		{`select "SET_CONFIG"('a', 'b', false)`, nil},
		{"select current_setting('set_config')", nil},
	})
}

func TestLocks(t *testing.T) {
	checkTexts(t, Analyze, []textCase{
		{"SELECT pg_try_advisory_lock(hashtext('…')::bigint)", []string{"advisory-lock [pg_try_advisory_lock(hashtext('…')::bigint)]"}},
		{"WITH LOCK AS (SELECT pg_advisory_lock_shared(4369)) SELECT 1", []string{"advisory-lock 4369 [pg_advisory_lock_shared(4369)]"}},
		{"SELECT pg_advisory_unlock_all()", []string{"advisory-unlock [pg_advisory_unlock_all()]"}},
		{"SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_roles WHERE rolname = $1", []string{"advisory-xact-lock [pg_advisory_xact_lock(oid::bigint)]"}},
		{"SELECT pg_advisory_lock(?, ?)", []string{"advisory-lock [pg_advisory_lock(?, ?)]"}},
		{"SELECT GET_LOCK(?, 10)", nil},
	})
}

func TestBoundArguments(t *testing.T) {
	e := Analyze("select set_config($1, $2, $3)").Effects[0]
	for value, want := range map[string]effect.Kind{"true": effect.SetConfigLocal, "T": effect.SetConfigLocal, "on": effect.SetConfigLocal, "false": effect.SetConfig, "0": effect.SetConfig} {
		bound := e.Bind(func(param string) (string, bool) {
			v, ok := map[string]string{"1": "Role", "3": value}[param]
			return v, ok
		})
		if bound.Kind != want || bound.Local == effect.Unknown || bound.Object != "role" {
			t.Errorf("%s: %+v", value, bound)
		}
	}
	if bound := e.Bind(func(string) (string, bool) { return "", false }); bound != e {
		t.Errorf("nothing bound: %+v", bound)
	}
}

func TestWordsAreShortAndKeepSecrets(t *testing.T) {
	for text, want := range map[string]string{
		"SET\n\t LOCAL   Role = 'x'":                                                      "SET LOCAL Role",
		"select set_config('app.token', 's3cr3t', false)":                                 "set_config('app.token', …)",
		"select set_config(new_value => 's3cr3t', setting_name => 'a', is_local => true)": "set_config(…)",
		"select dblink_connect('c', 'password=s3cr3t')":                                   "dblink_connect('c', …)",
		"select pg_advisory_lock( hashtext('a')\n )":                                      "pg_advisory_lock(hashtext('a'))",
		"select pg_advisory_unlock_all ( )":                                               "pg_advisory_unlock_all ()",
		"SET \x00 = \x00":                                                                 "SET …",
		"select nextval('" + strings.Repeat("a", 90) + "')":                               "nextval('" + strings.Repeat("a", 28) + "…)",
		"listen " + strings.Repeat("é", 90):                                               "listen " + strings.Repeat("é", 52) + "…",
	} {
		if a := Analyze(text); len(a.Effects) != 1 || a.Effects[0].Words != want {
			t.Errorf("%s: %+v", text, a.Effects)
		}
	}
}

func TestLongStatements(t *testing.T) {
	long := "INSERT INTO t VALUES (1" + strings.Repeat(", 1", LongLimit/3) + ")"
	checkTexts(t, Analyze, []textCase{
		{long, []string{"long-statement [INSERT]"}},
		{"((SELECT '" + strings.Repeat("a", LongLimit) + "'))", []string{"long-statement [SELECT]"}},
		{"-- a\nSELECT 1; " + long, []string{"long-statement [INSERT] tx"}},
		{"SELECT '" + strings.Repeat("a", LongLimit-9) + "'", nil},
		{"SELECT '" + strings.Repeat("a", LongLimit-8) + "'", []string{"long-statement [SELECT]"}},
		{"SELECT '" + strings.Repeat("a", LongLimit-9) + "…'", nil},
		{strings.Repeat("SELECT 1;\n", LongLimit/8), nil},
		{"DO $$ BEGIN PERFORM '" + strings.Repeat("a", LongLimit) + "'; END $$", []string{"long-statement [DO]"}},
	})
}

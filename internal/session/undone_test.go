package session

import (
	"github.com/poolvet/poolvet/internal/effect"
	"slices"
	"strings"
	"testing"
)

// remains are the objects or kinds of the effects of a text that it does not
// undo itself.
func remains(text string) string {
	var left []string
	for _, e := range Analyze(text).Effects {
		if !e.Undone {
			left = append(left, string(e.Kind)+" "+e.Object)
		}
	}
	return strings.Join(left, ", ")
}

func TestUndone(t *testing.T) {
	for _, test := range []struct{ text, left string }{
		{"CREATE TEMP TABLE b AS SELECT 1; INSERT INTO f SELECT * FROM b; DROP TABLE b", ""},
		{"BEGIN; CREATE TEMP TABLE b (a int); COMMIT; DROP TABLE IF EXISTS pg_temp.b;", ""},
		{"CREATE TEMP TABLE a (i int); CREATE TEMP VIEW v AS SELECT 1; DROP VIEW v; DROP TABLE x, a CASCADE", ""},
		{"SELECT 1 INTO TEMP b; DROP TABLE b", ""},
		{"DROP TABLE IF EXISTS b; CREATE TEMP TABLE b (a int)", "temp-object b"},
		{"CREATE TEMP TABLE b (a int); DROP TABLE c", "temp-object b"},
		{"CREATE TEMP TABLE b (a int); DROP TABLE public.b", "temp-object b"},
		{"CREATE TEMP TABLE b (a int); DROP TABLE b; CREATE TEMP TABLE b (a int)", "temp-object b"},
		{"CREATE TEMP TABLE \x00 (a int); DROP TABLE \x00", "temp-object "},
		{"CREATE TEMP TABLE b (a int); BEGIN; DROP TABLE b; ROLLBACK", "temp-object b"},
		{"BEGIN; CREATE TEMP TABLE b (a int); SET ROLE x; ROLLBACK", ""},
		{"BEGIN; CREATE TEMP TABLE b (a int); SAVEPOINT s; DROP TABLE b; ROLLBACK TO s; COMMIT", "temp-object b"},
		{"-- +goose Up\nCREATE TEMP TABLE b (a int);\n-- +goose Down\nDROP TABLE b;", "temp-object b"},
		{"-- migrate:up\nCREATE TEMP TABLE b (a int);\n-- migrate:down\nDROP TABLE b;", "temp-object b"},
		{"-- +migrate Up\nCREATE TEMP TABLE b (a int);\n-- +migrate Down\nDROP TABLE b;", "temp-object b"},
		{"-- migrate:up\nSET ROLE a;\nRESET ROLE;\n-- migrate:down\nDROP TABLE b;", ""},
		{"-- +goose NO TRANSACTION\n-- +goose Up\nSET ROLE a;\nRESET ROLE;", "set-role a, reset-role "},
		{"CREATE TEMP TABLE b (a int);\n---- create above / drop below ----\nDROP TABLE b;", "temp-object b"},
		{"SET session_replication_role = replica; INSERT INTO t VALUES (1); RESET session_replication_role", ""},
		{"SET session_replication_role = replica; SET session_replication_role = DEFAULT", ""},
		{"SET session_replication_role = replica; SET SESSION session_replication_role TO 'origin'", ""},
		{"SET session_replication_role = origin", "set session_replication_role"},
		{"SET enable_seqscan = off; SELECT 1; SET enable_seqscan TO on", ""},
		{"SET statement_timeout = 0; SELECT 1; SET statement_timeout = '30s'", "set statement_timeout"},
		{"SET statement_timeout = 0; RESET lock_timeout", "set statement_timeout, reset lock_timeout"},
		{"SET statement_timeout = 0; SET lock_timeout = 0; RESET ALL", ""},
		{"RESET ALL; SET statement_timeout = 0", "reset-all , set statement_timeout"},
		{"SELECT set_config('work_mem', '1GB', false); SELECT 1; RESET work_mem", ""},
		{"SELECT set_config('work_mem', '1GB', false); SELECT set_config('work_mem', '4MB', true)", "set-config work_mem, set-config-local work_mem"},
		{"SET ROLE a; SELECT 1; RESET ROLE", ""},
		{"SET ROLE a; SELECT 1; SET ROLE NONE", ""},
		{"SET ROLE a; SET ROLE b", "set-role b"},
		{"SET jit = off; SELECT 1; SET jit = off", "set jit, set jit"},
		{"SET jit = off; SELECT 1; SET jit = off; RESET jit", ""},
		{"SET SESSION AUTHORIZATION a; SELECT 1; RESET SESSION AUTHORIZATION", ""},
		{"SET SESSION AUTHORIZATION a; RESET ROLE", "set-session-authorization a, reset-role "},
		{"RESET ROLE", "reset-role "},
		{"SELECT pg_advisory_lock(1); SELECT pg_advisory_unlock(1)", "advisory-lock 1, advisory-unlock 1"},
		{"PREPARE a AS SELECT 1; DEALLOCATE a", "prepare a, deallocate a"},
		{"DO $$BEGIN SET ROLE a; END$$; RESET ROLE", "set-role a, reset-role "},
		{"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; RESET default_transaction_read_only", ""},
	} {
		if left := remains(test.text); left != test.left {
			t.Errorf("%q leaves %q, want %q", test.text, left, test.left)
		}
	}
}

func TestUndoes(t *testing.T) {
	e := Analyze("SET ROLE a").Effects[0]
	temp := Analyze("CREATE TEMP TABLE b (a int)").Effects[0]
	for _, test := range []struct {
		text string
		e    effect.Effect
		want bool
	}{
		{"RESET ROLE", e, true},
		{"SELECT 1; RESET ROLE", e, true},
		{"RESET search_path", e, false},
		{"DROP TABLE b", temp, true},
		{"drop table if exists a, b", temp, true},
		{"DROP TABLE a", temp, false},
		{"TRUNCATE b", temp, false},
		{"BEGIN; DROP TABLE b; ROLLBACK", temp, false},
		{"", temp, false},
	} {
		by := UndoneBy(test.e)
		if got := slices.ContainsFunc(Undone(test.text), func(thing string) bool { return slices.Contains(by, thing) }); got != test.want {
			t.Errorf("%q undoes %s: %v", test.text, test.e.Words, got)
		}
	}
}

// A text of many statements costs no more than in proportion.
func TestUndoneOfManyStatements(t *testing.T) {
	text := strings.Repeat("SET work_mem = 1; ", 5_000) + "RESET work_mem"
	effects := Analyze(text).Effects
	if len(effects) < 1000 || slices.ContainsFunc(effects, func(e effect.Effect) bool { return e.Kind == effect.Set && !e.Undone }) {
		t.Errorf("%d effects, or one is left", len(effects))
	}
}

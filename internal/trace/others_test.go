package trace

import (
	"strings"
	"testing"
)

// What clients of other languages are seen to send leads to them, in each of its
// spellings.
func TestWhatOthersSend(t *testing.T) {
	for _, test := range []struct{ who, sql string }{
		{"Django sends it for iterator() of a query", `DECLARE "_django_curs_139744559362560_sync_1" NO SCROLL CURSOR WITH HOLD FOR SELECT 2`},
		{"Django sends it for iterator() of a query, in a transaction", `DECLARE "_django_curs_139744559362560_139744559362561_7" NO SCROLL CURSOR FOR SELECT a FROM b`},
		{"Django sends it for iterator() of a query, in a transaction", `DECLARE "_django_curs_1_sync_1" NO SCROLL CURSOR WITHOUT HOLD FOR SELECT 2`},
		{"Django may send it when it connects", "SELECT set_config('TimeZone', 'America/Chicago', false)"},
		{"Django may send it when it connects, for assume_role", "SET ROLE 'postgres'"},
		{"Rails may send it when it connects, before 8.2", "SET intervalstyle = iso_8601"},
		{"Rails may send it when it connects", "SET SESSION IntervalStyle TO 'iso_8601'"},
		{"Rails may send it when it connects", "SET SESSION timezone TO 'UTC'"},
		{"Rails may send it when it connects", "SET SESSION timezone TO DEFAULT"},
		{"Rails may send it for variables in database.yml", "SET SESSION statement_timeout TO '5s'"},
		{"Hibernate may send it for the identifier", "select nextval('orders_seq')"},
		{"Hibernate sends it for row-level security", "select set_config('hibernate.tenant_id', $1, true), set_config('hibernate.tenant_id_root', $2, true)"},
		{"PDO sends it for PDO::CURSOR_SCROLL", "DECLARE pdo_crsr_0000000a SCROLL CURSOR WITH HOLD FOR SELECT a, b FROM c"},
		{"PDO may send it for lastInsertId of a sequence", "SELECT CURRVAL($1)"},
		{"DBD::Pg sends it when a statement goes", "DEALLOCATE dbdpg_p4711_1f"},
		{"Sequelize may send it when it connects", "SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE"},
		{"Sequelize may send it when it connects", "SET client_min_messages TO warning"},
		{"Knex may send it when it connects, for searchPath", `set search_path to "a","b"`},
		{"Flyway may send it while it migrates", "SELECT set_config('search_path', $1, false)"},
		{"Ecto sends it for explain", "DEALLOCATE ecto_explain_statement"},
		{"Ecto sends it for explain", "PREPARE ecto_explain_statement( unknown, unknown ) AS SELECT a FROM b WHERE c = $1 AND d = $2"},
		{"psycopg 2 may send it for a named cursor", `DECLARE "c" CURSOR WITHOUT HOLD FOR SELECT 1`},
		{"psycopg 2 may send it for reset() of a connection", "DISCARD ALL"},
		{"pg_dump may send it before it dumps", "SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'"},
	} {
		if got := told(t, nil, run("", "1", test.sql)); !strings.Contains(got, test.who) {
			t.Errorf("%s: not %q, but\n%s", test.sql, test.who, got)
		}
	}
}

// A key that is Prisma's alone tells its lock from that of others, of which no key
// is shown.
func TestAKeyTellsWhoLocks(t *testing.T) {
	got := told(t, nil, run("", "1", "SELECT pg_advisory_lock(4711)"), run("", "2", "SELECT pg_advisory_lock(72707369)"), run("", "3", "SELECT pg_advisory_lock(4712)"))
	want(t, got, "1 time, 1 session     pins the connection behind RDS Proxy\n    no line of these packages: Prisma Migrate sends it while it migrates",
		"2 times, 2 sessions   pins the connection behind RDS Proxy\n    no line of these packages: dynamic SQL, another program, or a person")
	if strings.Contains(got, "471") {
		t.Errorf("a key is shown:\n%s", got)
	}
	want(t, told(t, code("SELECT pg_advisory_lock(…)"), run("", "1", "SELECT pg_advisory_lock(72707369)")), "a.go:1:1")
}

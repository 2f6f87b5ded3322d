package sqlfile

import "testing"

func TestRunOf(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"1_a.sql", "-- +goose Up\nSELECT 1;", "goose runs this file in one transaction"},
		{"1_a.sql", "-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;", "goose runs each statement of this file by itself"},
		{"1.sql", "-- +migrate Up notransaction\nSELECT 1;", "sql-migrate runs each statement of this file by itself"},
		{"1.sql", "-- +migrate Up\nSELECT 1;", "sql-migrate runs this file in one transaction"},
		{"1.sql", "-- migrate:up\nSELECT 1;", "dbmate runs this file in one transaction"},
		{"1.sql", "-- migrate:up transaction:false\nSELECT 1;", "dbmate runs each statement of this file by itself"},
		{"001_a.sql", "SELECT 1;\n---- create above / drop below ----\nSELECT 2;", "tern runs this file in one transaction"},
		{"a/000001_a.up.sql", "SELECT 1;", "golang-migrate sends this file as one message"},
		{"a/schema.sql", "SELECT 1;", ""},
	} {
		if got := RunOf(test.name, test.text).String(); got != test.want {
			t.Errorf("%s %q: %q, want %q", test.name, test.text, got, test.want)
		}
	}
}

func TestWithin(t *testing.T) {
	text := "SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3; start transaction; SELECT 4; ROLLBACK; SELECT 5; BEGIN; SELECT 6; END; SELECT 7; BEGIN; SELECT 8; ABORT; SELECT 9"
	for at, c := range text {
		if '1' <= c && c <= '9' {
			if got := Within(Statements(text), at); got != ((c-'0')%2 == 0) {
				t.Errorf("SELECT %c: %t", c, got)
			}
		}
	}
}

// PostgreSQL says "cannot run inside a transaction block" of these.
func TestRunsApart(t *testing.T) {
	for text, want := range map[string]bool{
		"CREATE INDEX CONCURRENTLY i ON t (a)":                        true,
		"create unique index\n concurrently if not exists i on t (a)": true,
		"DROP INDEX CONCURRENTLY i":                                   true,
		"REINDEX (VERBOSE) TABLE CONCURRENTLY t":                      true,
		"ALTER TABLE t DETACH PARTITION s.p CONCURRENTLY":             true,
		"SET lock_timeout = 0; VACUUM t":                              true,
		"ALTER SYSTEM SET jit = off":                                  true,
		"CREATE DATABASE d":                                           true,
		"CREATE INDEX i ON t (a)":                                     false,
		"ALTER TABLE t DETACH PARTITION p FINALIZE":                   false,
		"REFRESH MATERIALIZED VIEW CONCURRENTLY v":                    false,
		"SELECT vacuum FROM t":                                        false,
		"REINDEX TABLE t; SELECT concurrently FROM t":                 false,
	} {
		if got := RunsApart(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

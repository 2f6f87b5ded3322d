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

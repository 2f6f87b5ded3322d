package fix

import (
	"testing"

	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlfile"
)

// The first effect of a file, mended; "" where that would change what it does.
func TestOfText(t *testing.T) {
	p, err := pooler.Lookup("pgbouncer")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text, want string
		inOne      bool
	}{
		{"BEGIN; SET search_path = a; SELECT 1; COMMIT;", "BEGIN; SET LOCAL search_path = a; SELECT 1; COMMIT;", false},
		{"begin; set session jit to off; select 1; commit", "begin; set local jit to off; select 1; commit", false},
		{"BEGIN; SET ROLE a; SELECT 1; COMMIT;", "BEGIN; SET LOCAL ROLE a; SELECT 1; COMMIT;", false},
		{"BEGIN; SELECT set_config('a.b', 'c', false); SELECT 1; COMMIT;", "BEGIN; SELECT set_config('a.b', 'c', true); SELECT 1; COMMIT;", false},
		{"BEGIN; DO $$ BEGIN SET jit = off; END $$; SELECT 1; COMMIT;", "BEGIN; DO $$ BEGIN SET LOCAL jit = off; END $$; SELECT 1; COMMIT;", false},
		{"SET jit = off; SELECT 1;", "SET LOCAL jit = off; SELECT 1;", true},
		{"SET jit = off; SELECT 1;", "", false},
		{"BEGIN; SET jit = off; COMMIT; SELECT 1;", "", false},
		{"BEGIN; SET jit = off; COMMIT; BEGIN; SELECT 1; COMMIT;", "", false},
		{"BEGIN; SET jit = off; SELECT 1;", "", false},
		{"SET jit = off; BEGIN; SELECT 1; COMMIT;", "", false},
		{"SET jit = off; COMMIT; SELECT 1;", "", true},
		{"BEGIN; CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT set_config('a.b', 'c', false) $$; COMMIT;", "", false},
		{"BEGIN; SET default_transaction_isolation = 'serializable'; SELECT 1; COMMIT;", "", false},
		{"BEGIN; CREATE TEMP TABLE t (a int); COMMIT;", "", false},
	} {
		e := session.Analyze(test.text).Effects[0]
		if e.Kind == "begin" {
			e = session.Analyze(test.text).Effects[1]
		}
		title, edits := OfText(test.text, sqlfile.Statements(test.text), e, p, test.inOne)
		got := test.text
		for _, edit := range edits {
			got = got[:edit.Start] + edit.New + got[edit.End:]
		}
		if title == "" {
			got = ""
		}
		if got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

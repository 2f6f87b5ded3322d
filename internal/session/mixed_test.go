package session

import "testing"

// What PgDog refuses is a SET beside two statements that do something.
func TestMixed(t *testing.T) {
	for text, want := range map[string]bool{
		"SET jit = off": false,
		"SET jit = off; SET work_mem = '8MB'; SHOW jit":        false,
		"SET jit = off; SELECT 1":                              false,
		"BEGIN; SET jit = off; SELECT 1; COMMIT":               false,
		"SET jit = off; SELECT 1; SELECT 2":                    true,
		"SELECT 1; RESET jit; UPDATE t SET a = 1":              true,
		"DO $$ BEGIN SET jit = off; END $$; SELECT 1":          false,
		"SET jit = off; CREATE TABLE a (); CREATE TABLE b ();": true,
	} {
		for _, e := range Analyze(text).Effects {
			if e.Mixed != want {
				t.Errorf("%s: %s: %t, want %t", text, e.Words, e.Mixed, want)
			}
		}
	}
}

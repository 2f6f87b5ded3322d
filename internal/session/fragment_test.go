package session

import "testing"

func TestFragments(t *testing.T) {
	checkTexts(t, AnalyzeFragment, []textCase{
		{"nextval('s')", []string{"sequence-change s [nextval('s')]"}},
		{"nextval('one_off_name')", []string{"sequence-change one_off_name [nextval('one_off_name')]"}},
		{"nextval(?)", []string{"sequence-change [nextval(?)]"}},
		{"id = ? AND pg_try_advisory_lock(?)", []string{"advisory-lock [pg_try_advisory_lock(?)]"}},
		{"AND x > nextval('s')", []string{"sequence-change s [nextval('s')]"}},
		{"a IN ? AND set_config(?, ?, ?) = 'x'", []string{"set-config [set_config(?, ?, ?)] unknown object=2 local=4"}},
		{"ORDER BY nextval('s') DESC", []string{"sequence-change s [nextval('s')]"}},
		{"RETURNING currval('x')", []string{"sequence-read x [currval('x')]"}},
		{"ON CONFLICT (a) DO UPDATE SET b = nextval('s')", []string{"sequence-change s [nextval('s')]"}},
		{"ON CONFLICT (a) DO UPDATE SET b = nextval('s') RETURNING b", []string{"sequence-change s [nextval('s')]"}},
		{"SET x = nextval('s')", []string{"sequence-change s [nextval('s')]"}},
		{"x = nextval('s'), y = 1", []string{"sequence-change s [nextval('s')]"}},
		{"WITH a AS (SELECT nextval('s'))", []string{"sequence-change s [nextval('s')]"}},
		{"(a) VALUES (nextval('s'))", []string{"sequence-change s [nextval('s')]"}},
		{"JOIN u ON u.a = currval('s')", []string{"sequence-read s [currval('s')]"}},
		{"t AS x, nextval('s') AS y", []string{"sequence-change s [nextval('s')]"}},
		{"coalesce(nullif(id, 0), nextval('s'::regclass)) …", []string{"sequence-change s [nextval('s'::regclass)]"}},
		{"CASE WHEN `a` THEN nextval('s') END", []string{"sequence-change s [nextval('s')]"}},
		{"SELECT nextval('s')", []string{"sequence-change s [nextval('s')]"}},
		{"id bigint DEFAULT nextval('s')", nil},
		{"bigint DEFAULT nextval('s') …", nil},
		{"ALTER COLUMN a SET DEFAULT nextval('s')", nil},
		{"role", nil}, {"role = 'x'", nil}, {"reset", nil}, {"SET role = 'x'", nil}, {"nextval", nil},
		{"mine.nextval('s')", nil}, {"'nextval(1)'", nil}, {"RESET ALL", nil}, {"", nil},
	})
}

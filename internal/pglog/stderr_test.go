package pglog

import (
	"strings"
	"testing"
)

func TestPrefixes(t *testing.T) {
	for _, c := range []struct{ prefix, head, want string }{
		{"%m [%p] ", "2026-03-12 10:04:05.678 UTC [77] ", `session="77"`},
		{"%m [%p] %q%u@%d ", "2026-03-12 10:04:05.678 UTC [77] alice@shop ", `session="77" user="alice" db="shop"`},
		{"%t:%r:%u@%d:[%p]:", "2026-03-12 10:04:05 UTC:10.0.0.1(5000):alice@shop:[77]:", `session="77 of 10.0.0.1(5000)" user="alice" db="shop" host="10.0.0.1"`},
		{"%t [%p]: user=%u,db=%d,app=%a,client=%h ", "2026-03-12 10:04:05 CET [77]: user=alice,db=shop,app=billing app,client=10.0.0.1 ", `session="77" user="alice" db="shop" app="billing app" host="10.0.0.1"`},
		{"%m [%p]: [%l-1] db=%d,user=%u ", "2026-03-12 10:04:05.678 UTC [77]: [3-1] db=shop,user=alice ", `session="77" user="alice" db="shop"`},
		{"%m [%p] ", "2026-03-12 10:04:05.678 UTC [12034] ", `session="12034"`},
		{"%n %c ", "1773309845.678 65f1a2b3.4d ", `session="65f1a2b3.4d"`},
		{"%m %p %s ", "2026-03-12 10:04:05.678 UTC 77 2026-03-12 09:00:00 UTC ", `session="77 since 2026-03-12 09:00:00 UTC"`},
		{"<%r %e> ", "<[local] 00000> ", `host="[local]"`},
		{"%t-%c-", "2026-03-12 10:04:05 UTC-65f1a2b3.4d-", `session="65f1a2b3.4d"`},
		{"%h %m [%p] %q%u@%d ", "10.0.0.1 2026-03-12 10:04:05.678 UTC [77] alice@shop ", `session="77" user="alice" db="shop" host="10.0.0.1"`},
		{"%m [%p][%b][%v][%x] %q[user=%u,db=%d,app=%a] ", "2026-03-12 10:04:05.678 UTC [77][client backend][3/17][0] [user=alice,db=shop,app=billing app] ", `session="77" user="alice" db="shop" app="billing app"`},
		{"%m [%p] %u@%d/%a ", "2026-03-12 10:04:05.678 +0530 [77] alice@shop/psql ", `session="77" user="alice" db="shop" app="psql"`},
		{"%m [%p] %q%u@%d %a ", "2026-03-12 10:04:05.678 UTC [77] alice@shop PostgreSQL JDBC Driver ", `session="77" user="alice" db="shop" app="PostgreSQL JDBC Driver"`},
		{"%m [%p] %q%u@%d %a %e ", "2026-03-12 10:04:05.678 UTC [77] alice@shop billing 00000 ", `session="77" user="alice" db="shop" app="billing"`},
		{"%m [%p] %q%u@%d %a ", "2026-03-12 10:04:05.678 UTC [77] alice@shop [unknown] ", `session="77" user="alice" db="shop"`},
		{"%m [%p] %q%u@%d %i ", "2026-03-12 10:04:05.678 UTC [77] alice@shop idle in transaction ", `session="77" user="alice" db="shop"`},
		{"%m [%p] %q%u@%d %i ", "2026-03-12 10:04:05.678 UTC [77] alice@shop CREATE TABLE ", `session="77" user="alice" db="shop"`},
		{"%m [%p] %q%u@%d %b ", "2026-03-12 10:04:05.678 UTC [77] alice@shop client backend ", `session="77" user="alice" db="shop"`},
		{"%m [%p] %q%u@%d %h ", "2026-03-12 10:04:05.678 UTC [77] alice@shop db1.example.com ", `session="77" user="alice" db="shop"`},
		{"%10u|%-10d|%v ", "     alice|shop      |3/17 ", ""},
		{"%% %p ", "% 77 ", `session="77"`},
		{"", "", ""},
	} {
		log := c.head + "LOG:  statement: SET jit = off\n"
		for _, o := range []Options{{}, {Prefix: c.prefix}} {
			want := c.want
			switch {
			case o.Prefix == "":
			case c.prefix == "%10u|%-10d|%v ": // which nothing tells but the prefix
				want = `user="alice" db="shop"`
			case strings.HasSuffix(c.prefix, "%d %h "):
				want += ` host="db1.example.com"`
			}
			got, _ := said(t, o, "-", log)
			if got, _, _ = strings.Cut(strings.TrimPrefix(got, "1: simple"), " at "); strings.TrimSpace(got) != strings.TrimSpace(want+` sql="SET jit = off"`) {
				t.Errorf("%q by prefix %q is %s, want %s", c.head, o.Prefix, got, want)
			}
		}
	}
}

// A key before a value tells what it is, however people name it.
func TestKeysInPrefixes(t *testing.T) {
	for head, want := range map[string]string{
		"username=alice dbname=shop appname=x ip=10.0.0.1 session_id=65f1a2b3.4d ": "username=%u dbname=%d appname=%a ip=%r session_id=%c ",
		"usr=alice,database=shop,application_name=x,client_addr=10.0.0.1,pid=7 ":   "usr=%u,database=%d,application_name=%a,client_addr=%r,pid=%p ",
		"u=alice d=shop a=x h=10.0.0.1 sid=65f1a2b3.4d l=3 ":                       "u=%u d=%d a=%a h=%r sid=%c l=%l ",
		"shard=eu pid=none sid=none ":                                              "shard=%i pid=%i sid=%i ",
	} {
		if got := guess(head); got != want {
			t.Errorf("%q is of %q, want %q", head, got, want)
		}
	}
}

func TestPrefixOfProcessesThatAreNoSession(t *testing.T) {
	counts := want(t, `
2026-03-12 10:04:05.678 UTC [1] LOG:  checkpoint starting: time
2026-03-12 10:04:05.678 UTC [77] alice@shop LOG:  statement: SET jit = off
2026-03-12 10:04:05.678 UTC [1] LOG:  checkpoint complete
2026-03-12 10:04:05.678 UTC [78] bob@shop LOG:  statement: SET jit = on
`, `
3: simple session="77" user="alice" db="shop" sql="SET jit = off" at 2026-03-12T10:04:05.678Z
5: simple session="78" user="bob" db="shop" sql="SET jit = on" at 2026-03-12T10:04:05.678Z
`)
	if counts.Other != 1 || counts.Formats["stderr"] != 4 {
		t.Errorf("counts are %+v", counts)
	}
}

func TestPrefixThatIsNone(t *testing.T) {
	for prefix, want := range map[string]string{
		"%m [%y] ": `log_line_prefix "%m [%y] ": PostgreSQL knows no escape "%y"; those that it knows are in its documentation of log_line_prefix`,
		"100%":     `log_line_prefix "100%" ends in an escape that is not whole: "%"; write %% for a percent sign`,
	} {
		if _, err := Read(nil, nil, Options{Prefix: prefix}, nil); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", prefix, err, want)
		}
	}
}

func TestStepsAndValues(t *testing.T) {
	want(t, `2026-03-12 10:04:05 UTC [7] LOG:  duration: 0.1 ms  parse stmt_1: SELECT $1, $2, $3
2026-03-12 10:04:05 UTC [7] LOG:  duration: 0.1 ms  bind stmt_1/c1: SELECT $1, $2, $3
2026-03-12 10:04:05 UTC [7] DETAIL:  Parameters: $1 = 'it''s', $2 = NULL, $3 = 'long...'
2026-03-12 10:04:05 UTC [7] LOG:  duration: 0.1 ms  execute stmt_1/c1: SELECT $1, $2, $3
2026-03-12 10:04:05 UTC [7] DETAIL:  parameters: $1 = 'a
	b, $2 = ''c''', $2 = NULL, $3 = ''
2026-03-12 10:04:05 UTC [7] LOG:  execute fetch from stmt_1/c1: SELECT $1, $2, $3
2026-03-12 10:04:05 UTC [7] LOG:  duration: 0.123 ms
2026-03-12 10:04:05 UTC [7] LOG:  00000: duration: 0.1 ms  statement: RESET ALL -- within 5 ms
2026-03-12 10:04:05 UTC [7] LOCATION:  exec_simple_query, postgres.c:1014
`, `
1: parse session="7" name="stmt_1" sql="SELECT $1, $2, $3" at 2026-03-12T10:04:05Z
2: bind session="7" name="stmt_1" sql="SELECT $1, $2, $3" $1="it's" $2=NULL $3="long..." (cut) at 2026-03-12T10:04:05Z
4: execute session="7" name="stmt_1" sql="SELECT $1, $2, $3" $1="a\nb, $2 = 'c'" $2=NULL $3="" at 2026-03-12T10:04:05Z
7: fetch session="7" name="stmt_1" sql="SELECT $1, $2, $3" at 2026-03-12T10:04:05Z
9: simple session="7" sql="RESET ALL -- within 5 ms" at 2026-03-12T10:04:05Z
`)
}

func TestValuesThatAreCutInTheMiddle(t *testing.T) {
	want(t, `2026-03-12 10:04:05 UTC [7] LOG:  execute <unnamed>: SELECT $1, $2
2026-03-12 10:04:05 UTC [7] DETAIL:  parameters: $1 = 'a', $2 = 'b`, `
1: execute session="7" sql="SELECT $1, $2" $1="a" at 2026-03-12T10:04:05Z
`)
}

// Several processes write to one log.
func TestDetailsOfAnotherProcess(t *testing.T) {
	want(t, `2026-03-12 10:04:05 UTC [7] LOG:  execute <unnamed>: SELECT $1
2026-03-12 10:04:05 UTC [8] DETAIL:  Parameters: $1 = 'another'
2026-03-12 10:04:05 UTC [7] LOG:  execute <unnamed>: SELECT $1, 2
2026-03-12 10:04:05 UTC [7] DETAIL:  Parameters: $1 = 'own'
`, `
1: execute session="7" sql="SELECT $1" at 2026-03-12T10:04:05Z
3: execute session="7" sql="SELECT $1, 2" $1="own" at 2026-03-12T10:04:05Z
`)
}

func TestZones(t *testing.T) {
	for at, want := range map[string]string{
		"2026-03-12 10:04:05.678 +02":      "2026-03-12T08:04:05.678Z",
		"2026-03-12 10:04:05.678 -0330":    "2026-03-12T13:34:05.678Z",
		"2026-03-12T10:04:05.678901+05:30": "2026-03-12T04:34:05.678901Z",
		"2026-03-12 10:04:05 IST":          "2026-03-12T10:04:05Z",
		"1773309845.678":                   "2026-03-12T10:04:05.678Z",
		"1773309845678":                    "2026-03-12T10:04:05.678Z",
		"yesterday":                        "0001-01-01T00:00:00Z",
	} {
		if got := instant(at).Format("2006-01-02T15:04:05.999999999Z07:00"); got != want {
			t.Errorf("%q is %s, want %s", at, got, want)
		}
	}
}

func TestIncident(t *testing.T) {
	want(t, `2026-03-12 10:04:05 UTC:10.0.0.1(5000):[unknown]@[unknown]:[7]:LOG:  connection received: host=10.0.0.1 port=5000
2026-03-12 10:04:05 UTC:10.0.0.1(5000):app@shop:[7]:LOG:  connection authorized: user=app database=shop application_name=billing SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)
2026-03-12 10:04:05 UTC:10.0.0.1(5000):app@shop:[7]:LOG:  execute __asyncpg_stmt_1__: 
	SELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new
2026-03-12 10:04:05 UTC:10.0.0.1(5000):app@shop:[7]:LOG:  execute __asyncpg_stmt_3__: SELECT set_config('jit', $1, false)
2026-03-12 10:04:05 UTC:10.0.0.1(5000):app@shop:[7]:DETAIL:  Parameters: $1 = 'on'
2026-03-12 10:04:05 UTC:10.0.0.1(5000):app@shop:[7]:LOG:  disconnection: session time: 0:00:00.004 user=app database=shop host=10.0.0.1 port=5000
`, `
3: execute session="7 of 10.0.0.1(5000)" user="app" db="shop" app="billing" host="10.0.0.1" name="__asyncpg_stmt_1__" sql="\nSELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new" at 2026-03-12T10:04:05Z
5: execute session="7 of 10.0.0.1(5000)" user="app" db="shop" app="billing" host="10.0.0.1" name="__asyncpg_stmt_3__" sql="SELECT set_config('jit', $1, false)" $1="on" at 2026-03-12T10:04:05Z
7: disconnection session="7 of 10.0.0.1(5000)" user="app" db="shop" host="10.0.0.1" at 2026-03-12T10:04:05Z
`)
}

// A value counts for its own placeholder alone.
func TestParametersThatDoNotCountFromOne(t *testing.T) {
	for list, want := range map[string]int{"$1 = 'a', $2 = 'b'": 2, "$2 = 'a', $3 = 'b'": 0, "$1 = 'a', $3 = 'b'": 1, "$1 = NULL": 1, "": 0} {
		if got := params(nil, list); len(got) != want {
			t.Errorf("%s: %+v", list, got)
		}
	}
}

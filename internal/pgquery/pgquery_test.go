package pgquery

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestScan(t *testing.T) {
	names := []string{"word", "quoted", "str", "dollar", "number", "param", "op", "punct", "spot"}
	for text, want := range map[string]string{
		`SELECT a."b""c", 'd''e'`:          `word SELECT|word a|punct .|quoted "b""c"|punct ,|str 'd''e'`,
		`E'a\'b' e'\\' U&'c' n'd' x'ff' y`: `str E'a\'b'|str e'\\'|str U&'c'|str n'd'|str x'ff'|word y`,
		`$$a$$ $t$ $$ $t$ $1 $2a`:          `dollar $$a$$|dollar $t$ $$ $t$|param $1|param $2|word a`,
		"1.5e-3 .5 1..2 a-1":               "number 1.5e-3|number .5|number 1|punct .|number .2|word a|op -|number 1",
		"a -- b\n/* c /* d */ e */ f":      "word a|word f",
		"a::int := b":                      "word a|op ::|word int|op :=|word b",
		"a=? AND b IN (?) or c @> ?0":      "word a|op =|spot ?|word AND|word b|word IN|punct (|spot ?|punct )|word or|word c|op @>|spot ?0",
		"a ?| b ?& c ?? d ?||'x'":          "word a|op ?||word b|op ?&|word c|op ??|word d|spot ?|op |||str 'x'",
		":a @b :'c' x[1:n] a<@b ?name":     "spot :a|spot @b|spot :'c'|word x|punct [|number 1|op :|word n|punct ]|word a|op <@|word b|spot ?name",
		"…a b…c …. …":                      "spot …|word a|word b…c|spot …|punct .|spot …",
		"f($…) 1…":                         "word f|punct (|param $…|punct )|number 1…",
		"{{ .A }} ${B} {a}":                "spot {{ .A }}|spot ${B}|op {|word a|op }",
		"\\c x\na \\ b":                    "word a|op \\|word b",
		"copy t from stdin;\n1\n\\.\nb":    "word copy|word t|word from|word stdin|punct ;|word b",
		"'a":                               "str 'a",
		"é_1$ \xff":                        "word é_1$|word \xff",
	} {
		text := strings.ReplaceAll(text, "…", "\x00")
		var got []string
		for _, tok := range Scan(text) {
			got = append(got, names[tok.Kind]+" "+text[tok.Start:tok.End])
		}
		if g := strings.ReplaceAll(strings.Join(got, "|"), "\x00", "…"); g != want {
			t.Errorf("%q\n got %s\nwant %s", text, g, want)
		}
	}
}

func TestScanMatchesBracketsAndCountsPlaceholders(t *testing.T) {
	tokens := Scan("f(a, (b)[1], ?) ) ( ?")
	for i, want := range map[int]int{1: 11, 4: 2, 7: 2, 14: 0} {
		if got := tokens[i].Close; got != want {
			t.Errorf("token %d closes after %d, want %d", i, got, want)
		}
	}
	if first, second := tokens[11].Ordinal, tokens[15].Ordinal; first != 1 || second != 2 {
		t.Errorf("placeholders %d and %d", first, second)
	}
}

func TestSyntaxErrorsPointAtBytes(t *testing.T) {
	for text, want := range map[string]int{
		"select from from":    12,
		"select é, from from": 11,
		"select 1,":           9,
		"select 1; select 2":  -1,
	} {
		_, err := Parse(text)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Offset != want {
			t.Errorf("%s: %v %+v, want %d", text, err, syntax, want)
		}
	}
	if node, err := Parse("-- nothing"); node != nil || err != nil {
		t.Errorf("an empty text: %v, %v", node, err)
	}
}

// What is over the limits never reaches a parser, and what is just within
// them is borne by both.
func TestLimits(t *testing.T) {
	r := strings.Repeat
	for name, text := range map[string]func(n int) string{
		"operators":   func(n int) string { return "select 1" + r("+1", n) },
		"parentheses": func(n int) string { return "select " + r("(", n) + "1" + r(")", n) },
		"case":        func(n int) string { return "select " + r("case when true then ", n) + "1" + r(" end", n) },
		"not":         func(n int) string { return "select " + r("not ", n) + "true" },
		"subqueries":  func(n int) string { return "select " + r("(select ", n) + "1" + r(")", n) },
		"nested sums": func(n int) string { return "select " + r("(1"+r("+1", n/150)+"+", 150) + "1" + r(")", 150) },
		"casts":       func(n int) string { return "select 1" + r("::int", n) },
		"rows":        func(n int) string { return "values (1)" + r(",(1)", n) },
	} {
		if _, err := Parse(text(100_000)); err != ErrTooComplex {
			t.Errorf("100,000 %s: %v", name, err)
		}
		n := 1
		for n < 100_000 && Bounded(text(n*2), Scan(text(n*2))) {
			n *= 2
		}
		if _, err := Parse(text(n)); err != nil || n < 100 {
			t.Errorf("%d %s: %v", n, name, err)
		}
	}
	body := r("begin ", 300) + r("end; ", 300)
	if _, err := ParsePLpgSQL("do $$"+body+"$$", body); err != ErrTooComplex {
		t.Errorf("300 blocks: %v", err)
	}
}

func TestCallsReachEveryPosition(t *testing.T) {
	node, err := Parse("with a as (select f1()) select f2(f3()), case when f4() then 1 end from f5() x join y on f6() order by f7() limit f8()")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	Calls(node, func(c *FuncCall) { seen[c.Funcname[0].GetString_().GetSval()] = true })
	for _, f := range []string{"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"} {
		if !seen[f] {
			t.Errorf("%s is not reached", f)
		}
	}
	Calls((*Node)(nil), func(*FuncCall) { t.Error("a call in nothing") })
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("SELECT u.id, u.email, o.name FROM users u JOIN orgs o ON o.id = u.org WHERE u.email = $1"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	for b.Loop() {
		Scan("SELECT u.id, u.email, o.name FROM users u JOIN orgs o ON o.id = u.org WHERE u.email = $1")
	}
}

// The tree that is printed of a trigger is no JSON in one of the parsers.
func TestPLpgSQLOfTriggers(t *testing.T) {
	for _, returns := range []string{"trigger", "event_trigger", "void"} {
		body := "DECLARE a text := '{}}'; BEGIN PERFORM f('[{}},{}}'); END"
		exprs, err := ParsePLpgSQL("CREATE FUNCTION f() RETURNS "+returns+" LANGUAGE plpgsql AS $$"+body+"$$", body)
		if err != nil || !slices.ContainsFunc(exprs, func(e PLpgSQLExpr) bool { return e.SQL == "SELECT f('[{}},{}}')" }) {
			t.Errorf("%s: %v, %v", returns, exprs, err)
		}
	}
}

func TestNewer(t *testing.T) {
	for text, want := range map[string]bool{
		"CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) VIRTUAL)":  true,
		"CREATE TABLE t (a int, CONSTRAINT b NOT NULL a)":                true,
		"CREATE TABLE t (a int, NOT NULL a)":                             true,
		"CREATE TABLE t (a int NOT NULL)":                                false,
		"MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE RETURNING *": true,
		"DELETE FROM t RETURNING *":                                      false,
		"SELECT JSON_VALUE(a, '$')":                                      true,
		"SELEC 1":                                                        false,
		"":                                                               false,
	} {
		if got := Newer(text, Scan(text)); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

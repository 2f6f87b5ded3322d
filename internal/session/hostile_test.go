package session

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/poolvet/poolvet/internal/pgquery"
)

// Texts that crash or stall a parser which is given them as they are.
func hostile() map[string]string {
	r := strings.Repeat
	return map[string]string{
		"operators":               "select nextval('s')" + r("+1", 500_000),
		"few operators":           "select nextval('s')" + r("+1", 700),
		"parentheses":             "select " + r("(", 100_000) + "nextval('s')" + r(")", 100_000),
		"few parentheses":         "select " + r("(", 190) + "nextval('s')" + r(")", 190),
		"open parentheses":        "select nextval" + r("(", 100_000),
		"calls":                   "select " + r("nextval(", 100_000),
		"closed calls":            "select " + r("nextval(", 30_000) + r(")", 30_000),
		"calls in a row":          "select " + r("nextval('s'),", 50_000) + "1",
		"placeholder calls":       "select " + r("set_config(?,?,?),", 30_000) + "1",
		"brackets":                "select nextval('s'), a" + r("[", 100_000),
		"case":                    "select nextval('s')," + r("case when a then ", 30_000) + r(" end", 30_000),
		"few cases":               "select nextval('s')," + r("case when a then ", 250) + "1" + r(" end", 250),
		"not":                     "select nextval('s') where " + r("not ", 200_000) + "a",
		"few nots":                "select nextval('s') where " + r("not ", 1_400) + "a",
		"minus":                   "select nextval('s')" + r("- ", 300_000) + "1",
		"union":                   "select nextval('s')" + r(" union select 1", 60_000),
		"few unions":              "select nextval('s')" + r(" union select 1", 450),
		"joins":                   "select nextval('s') from a" + r(" cross join b", 60_000),
		"casts":                   "select nextval('s')" + r("::int", 200_000),
		"few casts":               "select nextval('s')" + r("::int", 700),
		"is null":                 "select nextval('s')" + r(" is null", 100_000),
		"subqueries":              "select nextval('s') where " + r("exists (select ", 50_000),
		"in list":                 "select nextval('s') where a in (" + r("1,", 100_000) + "1)",
		"short in list":           "select nextval('s') where a in (" + r("1,", 15_000) + "1)",
		"rows":                    "insert into t values (nextval('s'),1)" + r(",(1,2)", 150_000),
		"semicolons":              "reset all" + r(";", 1_000_000),
		"statements":              r("set role a;", 90_000),
		"selects":                 r("select nextval('s');", 50_000),
		"holes":                   "select nextval('s')" + r("\x00 ", 500_000),
		"few holes":               "select nextval('s') from t" + r(" \x00 a", 600),
		"placeholders":            "select nextval('s') where a in (" + r("?,", 400_000) + "?)",
		"only holes":              r("\x00", 1<<20),
		"nul bytes":               "set role a;" + r("\x00", 1<<20) + ";reset all",
		"invalid UTF-8":           "set role '" + r("\xff\xfe", 1<<19) + "'; set search_path = \xff; select nextval('\xc3')",
		"quote":                   "set role 'a" + r("x", 1<<20),
		"quotes":                  "set role " + r("'", 1<<20+1),
		"double quotes":           "set role " + r(`"`, 1<<20+1),
		"dollar quote":            "do $$ begin set role a;" + r(" ", 1<<20),
		"dollar tags":             "do " + r("$a", 500_000),
		"many dollar tags":        "do $x$ " + r("$a$ ", 100_001),
		"different dollar tags":   dollarTags(30_000),
		"comment":                 "/*" + r("a", 1<<20) + "*/ reset all",
		"open comments":           "reset all " + r("/*", 1<<19),
		"line comments":           r("--\n", 1<<18) + "reset all",
		"long name":               "listen " + r("a", 1<<20),
		"long dotted name":        "set " + r("a.", 1<<19) + "b = 1",
		"template":                "select nextval('s'), " + r("{{", 1<<19),
		"templates":               "select nextval('s'), " + r("{{a}}", 100_000),
		"backslashes":             "reset all;" + r("\n\\", 1<<19),
		"spaces before backslash": "reset all;\n" + r(" \\", 1<<19),
		"colons":                  "select nextval('s')" + r(":a'", 200_000),
		"psql quotes":             "select nextval('s')" + r(`:"`, 200_000),
		"escapes":                 "set role E'" + r(`\`, 1<<20),
		"commits":                 r("commit;", 100_000) + "set role a",
		"begin atomic":            "create function f() returns int language sql " + r("begin atomic ", 50_000),
		"nested do":               nestedDo(2_000),
		"plpgsql blocks":          "do $$ " + r("begin ", 50_000) + "set role a; " + r("end; ", 50_000) + "$$",
		"few plpgsql blocks":      "do $$ " + r("begin ", 190) + "set role a; " + r("end; ", 190) + "$$",
		"plpgsql statements":      "do $$ begin " + r("set role a; ", 13_000) + "end $$",
		"plpgsql long":            "do $$ begin " + r("set role a; ", 90_000) + "end $$",
		"plpgsql expressions":     "do $$ begin perform nextval('s')" + r("+1", 700) + "; end $$",
		"plpgsql executes":        "do $$ begin " + r("execute 'set role a' || x; ", 6_000) + "end $$",
		"concatenation":           "do $$ begin execute 'set role a'" + r("||'b'", 700) + "; end $$",
		"function body":           "create function f() returns int language sql as $$ " + r("set role a;", 80_000) + "$$",
		"backticks":               "select nextval('s')" + r("`", 1<<19),
		"long string":             "select nextval('s'), '" + r("a", 1<<20) + "'",
	}
}

func dollarTags(n int) string {
	var b strings.Builder
	b.WriteString("do ")
	for i := range n {
		b.WriteString("$" + strings.Repeat("a", 1+i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + "$ ")
	}
	return b.String()
}

func nestedDo(n int) string {
	var open, shut strings.Builder
	for i := range n {
		tag := "$a" + strings.Repeat("b", i%40) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + "$"
		open.WriteString("do " + tag + " begin ")
	}
	return open.String() + shut.String()
}

// A hostile text may cost more than this if it costs at most hostileFactor times
// what an ordinary one of its length does: the same machine is twice as slow in
// one hour as in another.
const (
	hostileLimit  = 100 * time.Millisecond
	hostileFactor = 6
)

// within fails the test where f, which reads text, takes too long three times
// in a row.
func within(t *testing.T, what, text string, f func()) {
	t.Helper()
	took := fastest(hostileLimit, f)
	if took < hostileLimit {
		return
	}
	const query = "select a, b from t where c = $1;\n"
	ordinary := strings.Repeat(query, len(text)/len(query)+1)
	if most := hostileFactor * fastest(0, func() { analyze(ordinary) }); took > most {
		t.Errorf("%s took %v, an ordinary text of its length %v", what, took, most/hostileFactor)
	}
}

// fastest is the least that f takes in three runs, or in fewer where that is
// less than enough.
func fastest(enough time.Duration, f func()) time.Duration {
	least := time.Duration(math.MaxInt64)
	for range 3 {
		start := clock()
		f()
		if least = min(least, clock()-start); least < enough {
			break
		}
	}
	return least
}

func TestHostileTexts(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			var a *Analysis
			within(t, "Analyze", text, func() { a = analyze(text) })
			if len(a.Effects) == 0 && len(a.Unread) == 0 && name != "only holes" {
				t.Error("neither an effect nor a reason")
			}
			checkRanges(t, text, a)
			within(t, "AnalyzeFragment", text, func() { a = AnalyzeFragment(text) })
			checkRanges(t, text, a)
			within(t, "LooksLikeSQL", text, func() { LooksLikeSQL(text) })
			within(t, "Gate", text, func() { Gate(text) })
			within(t, "Calls", text, func() { checkRuns(t, text) })
		})
	}
}

func checkRanges(t *testing.T, text string, a *Analysis) {
	t.Helper()
	for _, e := range a.Effects {
		if e.Start < 0 || e.End <= e.Start || e.End > len(text) {
			t.Fatalf("%s: range %d to %d of %d", e.Kind, e.Start, e.End, len(text))
		}
		if e.Words == "" || !utf8.ValidString(e.Words) || strings.ContainsAny(e.Words, "\x00\n") {
			t.Fatalf("%s: words %q", e.Kind, e.Words)
		}
	}
}

func checkRuns(t *testing.T, text string) {
	t.Helper()
	for _, r := range Runs(text) {
		pgquery.Calls(r.Runs, func(c *pgquery.FuncCall) {
			if i := r.Token(c.Location); i >= len(r.Tokens) {
				t.Fatalf("call at %d: token %d of %d", c.Location, i, len(r.Tokens))
			}
		})
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text[:min(len(text), 400)])
	}
	for _, text := range []string{
		"SET \x00 = ?; select set_config($1, :b, @c)", "do $$ begin execute format('set %I', x); end $$", "create function f() returns int language sql as E'select \\'a\\''",
		"select nextval('s') {{ if .A }} from \x00t where a in ? {{ end }}", "declare c cursor with hold for select currval('é')", "U&\"a\" e'\\' $1$ $a$ $a$ ::int := ?| ??",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		checkRanges(t, text, analyze(text))
		checkRanges(t, text, AnalyzeFragment(text))
		LooksLikeSQL(text)
		checkRuns(t, text)
		if a := analyze(text); len(a.Effects) > 0 && !Gate(text) {
			t.Errorf("the gate keeps out %q", text)
		}
	})
}
